import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite'
import { HttpError } from '../../services/http-error.ts'
import type { Page } from './strategies.ts'

export const ACTIONS = ['buy', 'sell', 'hold'] as const
export const LEVELS = ['strong', 'medium', 'weak'] as const

export type Action = (typeof ACTIONS)[number]

/** What a trading bot reports. */
export interface Report {
  readonly pair: string
  readonly action: Action
  readonly rate: number
  /** From 0 to 1. */
  readonly strength: number
}

export interface Signal extends Report {
  readonly id: number
  readonly strategy_id: number
  readonly strength_level: string
  readonly at: number
}

/** Which signals are meant; what is undefined does not matter. Times are ms since 1970. */
export interface Filter {
  readonly pair: string | undefined
  readonly action: string | undefined
  readonly level: string | undefined
  readonly from: number | undefined
  readonly to: number | undefined
}

interface Condition {
  readonly sql: string
  readonly values: readonly SQLInputValue[]
}

/** Signals of strategies; whoever owns the strategy owns them. */
export class Signals {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  add(owner: number, strategy: number, report: Report, at = Date.now()): Signal {
    const { pair, action, rate, strength } = report
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO signals (owner, strategy, pair, action, rate, strength, strength_level, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(owner, strategy, pair, action, rate, strength, levelOf(strength), at)
    return this.get(owner, Number(lastInsertRowid))
  }

  /** @throws HttpError 404 */
  get(owner: number, id: number): Signal {
    const row = this.#database
      .prepare('SELECT * FROM signals WHERE owner = ? AND id = ?')
      .get(owner, id)
    if (row === undefined) throw new HttpError(404, `no signal ${id}`)
    return toSignal(row)
  }

  /** The latest first. */
  list(owner: number, filter: Filter, { skip, limit }: Page): readonly Signal[] {
    const { sql, values } = conditionOf(owner, filter)
    return this.#database
      .prepare(`SELECT * FROM signals WHERE ${sql} ORDER BY id DESC LIMIT ? OFFSET ?`)
      .all(...values, limit, skip)
      .map(toSignal)
  }

  /** For each pair and action: how many, at what mean rate, how strong at most. */
  statistics(owner: number, filter: Filter): readonly object[] {
    const { sql, values } = conditionOf(owner, filter)
    return this.#database
      .prepare(
        `SELECT pair, action, count(*) AS count, avg(rate) AS mean_rate, max(strength) AS strongest
         FROM signals WHERE ${sql} GROUP BY pair, action ORDER BY pair, action`,
      )
      .all(...values)
  }
}

/** From 0.8 it is strong, from 0.6 medium. */
const levelOf = (strength: number): string =>
  strength >= 0.8 ? 'strong' : strength >= 0.6 ? 'medium' : 'weak'

function conditionOf(owner: number, { pair, action, level, from, to }: Filter): Condition {
  const parts: readonly (readonly [sql: string, value: SQLInputValue | undefined])[] = [
    ['owner = ?', owner],
    ['pair = ?', pair],
    ['action = ?', action],
    ['strength_level = ?', level],
    ['at >= ?', from],
    ['at <= ?', to],
  ]
  const given = parts.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]))
  return { sql: given.map(({ sql }) => sql).join(' AND '), values: given.map(({ value }) => value) }
}

const toSignal = (row: Readonly<Record<string, SQLOutputValue>>): Signal => ({
  id: Number(row.id),
  strategy_id: Number(row.strategy),
  pair: String(row.pair),
  action: ACTIONS.find((each) => each === row.action) ?? 'hold',
  rate: Number(row.rate),
  strength: Number(row.strength),
  strength_level: String(row.strength_level),
  at: Number(row.at),
})
