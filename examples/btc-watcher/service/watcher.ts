import type { IncomingMessage } from 'node:http'
import type { DatabaseSync } from 'node:sqlite'
import { Accounts, type Account } from './accounts.ts'
import { openDatabase } from './database.ts'
import { HttpError } from '../../services/http-error.ts'
import { sow } from './sow.ts'
import type { Settings } from './settings.ts'
import { Signals } from './signals.ts'
import { Strategies } from './strategies.ts'
import { Tokens } from './tokens.ts'

/** What every route works on. */
export class Watcher {
  readonly accounts: Accounts
  readonly strategies: Strategies
  readonly signals: Signals
  readonly tokens = new Tokens()
  readonly #database: DatabaseSync

  constructor(settings: Settings) {
    this.#database = openDatabase(settings.database)
    this.accounts = new Accounts(this.#database)
    this.strategies = new Strategies(this.#database)
    this.signals = new Signals(this.#database)
    if (this.accounts.count === 0) sow(this, this.#database, settings)
  }

  /** Who is asking. @throws HttpError 401 */
  caller({ headers }: IncomingMessage): Account {
    const [, token = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? []
    const id = this.tokens.read(token)
    const account = id === undefined ? undefined : this.accounts.find(id)
    if (account === undefined) throw new HttpError(401, 'not authenticated')
    return account
  }

  close(): void {
    this.#database.close()
  }
}
