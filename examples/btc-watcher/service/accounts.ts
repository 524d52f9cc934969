import { randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'

export interface Account {
  readonly id: number
  readonly username: string
}

const hashOf: (
  password: string,
  salt: Uint8Array,
  length: number,
  options: { readonly N: number },
) => Promise<unknown> = promisify(scrypt)

/** A log-in is dearer than anything else here, but far cheaper than it ought to be. */
const COST = { N: 2 ** 9 }
const LENGTH = 32

/** Who may log in. */
export class Accounts {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  get count(): number {
    return Number(this.#database.prepare('SELECT count(*) AS n FROM accounts').get()?.n)
  }

  add(username: string, password: string): Account {
    const salt = randomBytes(16)
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO accounts (username, salt, hash) VALUES (?, ?, ?)')
      .run(username, salt, scryptSync(password, salt, LENGTH, COST))
    return { id: Number(lastInsertRowid), username }
  }

  find(id: number): Account | undefined {
    const row = this.#database.prepare('SELECT username FROM accounts WHERE id = ?').get(id)
    return row === undefined ? undefined : { id, username: String(row.username) }
  }

  /** The account when the password is its own. */
  async check(username: string, password: string): Promise<Account | undefined> {
    const row = this.#database.prepare('SELECT * FROM accounts WHERE username = ?').get(username)
    if (row === undefined) return undefined
    const { id, salt, hash } = row
    if (!(salt instanceof Uint8Array) || !(hash instanceof Uint8Array)) return undefined
    const given = await hashOf(password, salt, LENGTH, COST)
    const fits = given instanceof Uint8Array && timingSafeEqual(given, hash)
    return fits ? { id: Number(id), username } : undefined
  }
}
