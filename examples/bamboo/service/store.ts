import { DatabaseSync, type StatementSync } from 'node:sqlite'
import type { Message } from '../../services/message.ts'

/** Losing the last second on a power cut is fine here; waiting for the disk on each chat is not. */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  PRAGMA busy_timeout = 2000;
  CREATE TABLE IF NOT EXISTS sessions (id TEXT PRIMARY KEY) WITHOUT ROWID;
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

/** Sessions and their messages in SQLite. */
export class Store {
  readonly #database: DatabaseSync
  readonly #create: StatementSync
  readonly #find: StatementSync
  readonly #append: StatementSync
  readonly #history: StatementSync

  constructor(path: string) {
    this.#database = new DatabaseSync(path)
    this.#database.exec(SCHEMA)
    this.#create = this.#database.prepare('INSERT OR IGNORE INTO sessions (id) VALUES (?)')
    this.#find = this.#database.prepare('SELECT 1 FROM sessions WHERE id = ?')
    this.#append = this.#database.prepare(APPEND)
    this.#history = this.#database.prepare(
      'SELECT role, content FROM messages WHERE session = ? ORDER BY number',
    )
  }

  /** False when the session was there already. */
  create(session: string): boolean {
    return this.#create.run(session).changes === 1
  }

  has(session: string): boolean {
    return this.#find.get(session) !== undefined
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

  remove(session: string): void {
    this.#database.prepare('DELETE FROM messages WHERE session = ?').run(session)
    this.#database.prepare('DELETE FROM sessions WHERE id = ?').run(session)
  }

  close(): void {
    this.#database.close()
  }
}
