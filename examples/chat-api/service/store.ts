import { DatabaseSync } from 'node:sqlite'
import type { Message } from '../../services/message.ts'

/** Losing the last second on a power cut is fine here; waiting for the disk on each chat is not. */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  PRAGMA busy_timeout = 2000;
  CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, user TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY, user TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS messages (
    session TEXT NOT NULL, number INTEGER NOT NULL, role TEXT NOT NULL, content TEXT NOT NULL,
    PRIMARY KEY (session, number)
  ) WITHOUT ROWID;`

const APPEND = `
  INSERT INTO messages (session, number, role, content)
  SELECT $session,
    1 + coalesce((SELECT max(number) FROM messages WHERE session = $session), 0),
    $role, $content
  WHERE EXISTS (SELECT 1 FROM sessions WHERE id = $session)
  RETURNING number`

/** Access tokens, and the sessions of each user with their messages, in SQLite. */
export class Store {
  readonly #database: DatabaseSync
  readonly #addToken
  readonly #userOf
  readonly #create
  readonly #ownerOf
  readonly #append
  readonly #history

  constructor(path: string) {
    const database = new DatabaseSync(path)
    database.exec(SCHEMA)
    this.#addToken = database.prepare('INSERT INTO tokens (token, user) VALUES (?, ?)')
    this.#userOf = database.prepare('SELECT user FROM tokens WHERE token = ?')
    this.#create = database.prepare('INSERT INTO sessions (id, user) VALUES (?, ?)')
    this.#ownerOf = database.prepare('SELECT user FROM sessions WHERE id = ?')
    this.#append = database.prepare(APPEND)
    this.#history = database.prepare(
      'SELECT role, content FROM messages WHERE session = ? ORDER BY number',
    )
    this.#database = database
  }

  addToken(token: string, user: string): void {
    this.#addToken.run(token, user)
  }

  /** Whom a token was given to. */
  userOf(token: string): string | undefined {
    return textOf(this.#userOf.get(token))
  }

  createSession(id: string, user: string): void {
    this.#create.run(id, user)
  }

  /** Whose session it is. */
  ownerOf(session: string): string | undefined {
    return textOf(this.#ownerOf.get(session))
  }

  /** The message's number within its session, from 1; undefined when there is no such session. */
  append(session: string, { role, content }: Message): number | undefined {
    const row = this.#append.get({ session, role, content })
    return row === undefined ? undefined : Number(row.number)
  }

  history(session: string): readonly Message[] {
    return this.#history.all(session).map(({ role, content }) => ({
      role: role === 'user' ? 'user' : 'assistant',
      content: String(content),
    }))
  }

  close(): void {
    this.#database.close()
  }
}

const textOf = (row: Readonly<Record<string, unknown>> | undefined): string | undefined =>
  row === undefined ? undefined : String(row.user)
