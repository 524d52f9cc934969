import type { DatabaseSync } from 'node:sqlite'
import type { Accounts } from './accounts.ts'
import { transaction } from './database.ts'
import { seededRandom } from '../../services/random.ts'
import type { Settings } from './settings.ts'
import { ACTIONS, type Signals } from './signals.ts'
import type { Strategies } from './strategies.ts'

export const PAIRS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'BNB/USDT'] as const

/** The password of each account that a new database has. */
export const PASSWORD = 'correct horse'

const STRATEGIES = 20
const SIGNALS = 100
const DAY = 86_400_000

interface Ground {
  readonly accounts: Accounts
  readonly strategies: Strategies
  readonly signals: Signals
}

/** Fills a new database: accounts with strategies, and signals of the last 30 days. */
export function sow(ground: Ground, database: DatabaseSync, { accounts, seed }: Settings): void {
  const random = seededRandom(`${seed}/history`)
  transaction(database, () => {
    for (let each = 1; each <= accounts; each += 1) sowAccount(ground, `trader-${each}`, random)
  })
}

function sowAccount(ground: Ground, username: string, random: () => number): void {
  const { accounts, strategies, signals } = ground
  const owner = accounts.add(username, PASSWORD).id
  const ids = Array.from(
    { length: STRATEGIES },
    (_, at) => strategies.create(owner, { name: `strategy ${at + 1}`, config: { period: 14 } }).id,
  )
  const pick = <T>(among: readonly T[]): T => among[Math.floor(random() * among.length)] as T
  for (let left = SIGNALS; left > 0; left -= 1) {
    const report = {
      pair: pick(PAIRS),
      action: pick(ACTIONS),
      rate: 40_000 + random() * 10_000,
      strength: pick([0.9, 0.7, 0.5]),
    }
    signals.add(owner, pick(ids), report, Date.now() - (left / SIGNALS) * 30 * DAY)
  }
}
