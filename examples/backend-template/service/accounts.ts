import { randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { promisify } from 'node:util'
import { HttpError } from '../../services/http-error.ts'

/** What the owner of an account may see of it. */
export interface Profile {
  readonly id: string
  readonly username: string
  readonly email: string
  readonly name: string
}

/** What a log-in gives. */
export interface Tokens {
  readonly access_token: string
  readonly refresh_token: string
}

type Row = Readonly<Record<string, SQLOutputValue>>

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS accounts (
    id TEXT PRIMARY KEY, username TEXT UNIQUE NOT NULL, email TEXT NOT NULL, name TEXT NOT NULL,
    password TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS tokens (
    token TEXT PRIMARY KEY, kind TEXT NOT NULL, account TEXT NOT NULL
  ) WITHOUT ROWID;`

const hash = promisify<string, string, number, { N: number }, Buffer>(scrypt)
/** Far cheaper than a real service may choose: this one shares its machine with the load. */
const COST = { N: 1024 }

/** Accounts, their passwords and tokens in SQLite. */
export class Accounts {
  readonly #database: DatabaseSync

  constructor(path: string) {
    this.#database = new DatabaseSync(path)
    this.#database.exec(SCHEMA)
  }

  /** @throws HttpError 409 for a name that is taken */
  async register(username: string, email: string, password: string): Promise<Profile> {
    const kept = await encode(password)
    const id = randomUUID()
    const { changes } = this.#database
      .prepare('INSERT OR IGNORE INTO accounts VALUES (?, ?, ?, ?, ?)')
      .run(id, username, email, username, kept)
    if (changes === 0) throw new HttpError(409, `the name ${username} is taken`)
    return { id, username, email, name: username }
  }

  /** @throws HttpError 401 */
  async login(username: string, password: string): Promise<Tokens> {
    const row = this.#database
      .prepare('SELECT id, password FROM accounts WHERE username = ?')
      .get(username)
    if (row === undefined || !(await isPassword(password, String(row.password)))) {
      throw new HttpError(401, 'wrong name or password')
    }
    return this.#issue(String(row.id))
  }

  /** The account that an access token stands for. @throws HttpError 401 */
  profile(token: string): Profile {
    const row = this.#database
      .prepare(
        "SELECT a.* FROM tokens t JOIN accounts a ON a.id = t.account WHERE t.token = ? AND t.kind = 'access'",
      )
      .get(token)
    if (row === undefined) throw new HttpError(401, 'the token is not valid')
    return toProfile(row)
  }

  rename(token: string, name: string): Profile {
    const profile = this.profile(token)
    this.#database.prepare('UPDATE accounts SET name = ? WHERE id = ?').run(name, profile.id)
    return { ...profile, name }
  }

  /** @throws HttpError 401 for a wrong old password */
  async changePassword(token: string, before: string, next: string): Promise<void> {
    const { id, username } = this.profile(token)
    await this.login(username, before)
    this.#database
      .prepare('UPDATE accounts SET password = ? WHERE id = ?')
      .run(await encode(next), id)
  }

  /** New tokens for a refresh token, which is used up. @throws HttpError 401 */
  refresh(token: string): Tokens {
    const row = this.#database
      .prepare("DELETE FROM tokens WHERE token = ? AND kind = 'refresh' RETURNING account")
      .get(token)
    if (row === undefined) throw new HttpError(401, 'the refresh token is not valid')
    return this.#issue(String(row.account))
  }

  logout(token: string): void {
    const { id } = this.profile(token)
    this.#database.prepare('DELETE FROM tokens WHERE account = ?').run(id)
  }

  /** A query that a health check can make. */
  count(): number {
    const row = this.#database.prepare('SELECT count(*) AS count FROM accounts').get()
    return Number(row?.count)
  }

  close(): void {
    this.#database.close()
  }

  #issue(account: string): Tokens {
    const tokens = { access_token: randomUUID(), refresh_token: randomUUID() }
    const insert = this.#database.prepare('INSERT INTO tokens VALUES (?, ?, ?)')
    insert.run(tokens.access_token, 'access', account)
    insert.run(tokens.refresh_token, 'refresh', account)
    return tokens
  }
}

const toProfile = ({ id, username, email, name }: Row): Profile => ({
  id: String(id),
  username: String(username),
  email: String(email),
  name: String(name),
})

async function encode(password: string): Promise<string> {
  const salt = randomBytes(12).toString('hex')
  return `${salt}:${(await hash(password, salt, 32, COST)).toString('hex')}`
}

async function isPassword(given: string, kept: string): Promise<boolean> {
  const [salt = '', wanted = ''] = kept.split(':')
  return timingSafeEqual(await hash(given, salt, 32, COST), Buffer.from(wanted, 'hex'))
}
