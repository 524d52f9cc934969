import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { HttpError } from '../../services/http-error.ts'
import { transaction } from './database.ts'

export type Status = 'running' | 'stopped'

export interface Strategy {
  readonly id: number
  readonly name: string
  readonly config: unknown
  readonly status: Status
}

/** What a strategy is made of. */
export interface Draft {
  readonly name: string
  readonly config: object
}

/** The part of a list that is shown. */
export interface Page {
  readonly skip: number
  readonly limit: number
}

/** Strategies, each of one owner; no owner sees another's. */
export class Strategies {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  create(owner: number, { name, config }: Draft): Strategy {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO strategies (owner, name, config) VALUES (?, ?, ?)')
      .run(owner, name, JSON.stringify(config))
    this.#log(Number(lastInsertRowid), 'created')
    return this.get(owner, Number(lastInsertRowid))
  }

  /** The oldest first. */
  list(owner: number, { skip, limit }: Page): readonly Strategy[] {
    return this.#database
      .prepare('SELECT * FROM strategies WHERE owner = ? ORDER BY id LIMIT ? OFFSET ?')
      .all(owner, limit, skip)
      .map(toStrategy)
  }

  /** @throws HttpError 404 */
  get(owner: number, id: number): Strategy {
    const row = this.#database
      .prepare('SELECT * FROM strategies WHERE owner = ? AND id = ?')
      .get(owner, id)
    if (row === undefined) throw new HttpError(404, `no strategy ${id}`)
    return toStrategy(row)
  }

  /** @throws HttpError 404 */
  update(owner: number, id: number, { name, config }: Draft): Strategy {
    this.get(owner, id)
    this.#database
      .prepare('UPDATE strategies SET name = ?, config = ? WHERE id = ?')
      .run(name, JSON.stringify(config), id)
    this.#log(id, 'updated')
    return this.get(owner, id)
  }

  /** @throws HttpError 404; 409 when it has that status already */
  turn(owner: number, id: number, status: Status): Strategy {
    if (this.get(owner, id).status === status) {
      throw new HttpError(409, `strategy ${id} is ${status} already`)
    }
    this.#database.prepare('UPDATE strategies SET status = ? WHERE id = ?').run(status, id)
    this.#log(id, status === 'running' ? 'started' : 'stopped')
    return this.get(owner, id)
  }

  /** With its log and its signals. @throws HttpError 404; 409 while it runs */
  remove(owner: number, id: number): void {
    if (this.get(owner, id).status === 'running') {
      throw new HttpError(409, `strategy ${id} is running: stop it first`)
    }
    transaction(this.#database, () => {
      this.#database.prepare('DELETE FROM signals WHERE strategy = ?').run(id)
      this.#database.prepare('DELETE FROM logs WHERE strategy = ?').run(id)
      this.#database.prepare('DELETE FROM strategies WHERE id = ?').run(id)
    })
  }

  /** The latest first. @throws HttpError 404 */
  logs(owner: number, id: number, limit: number): readonly object[] {
    this.get(owner, id)
    return this.#database
      .prepare('SELECT at, message FROM logs WHERE strategy = ? ORDER BY id DESC LIMIT ?')
      .all(id, limit)
  }

  /** How many there are and how many of them run. */
  counts(owner: number): { readonly total: number; readonly running: number } {
    const row = this.#database
      .prepare(
        "SELECT count(*) AS total, sum(status = 'running') AS running FROM strategies WHERE owner = ?",
      )
      .get(owner)
    return { total: Number(row?.total ?? 0), running: Number(row?.running ?? 0) }
  }

  #log(strategy: number, message: string): void {
    this.#database
      .prepare('INSERT INTO logs (strategy, at, message) VALUES (?, ?, ?)')
      .run(strategy, Date.now(), message)
  }
}

const toStrategy = (row: Readonly<Record<string, SQLOutputValue>>): Strategy => ({
  id: Number(row.id),
  name: String(row.name),
  config: JSON.parse(String(row.config)),
  status: row.status === 'running' ? 'running' : 'stopped',
})
