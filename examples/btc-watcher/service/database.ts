import { DatabaseSync } from 'node:sqlite'

/** Losing the last second on a power cut is fine here; waiting for the disk on each write is not. */
const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  PRAGMA busy_timeout = 2000;
  CREATE TABLE IF NOT EXISTS accounts (
    id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE, salt BLOB NOT NULL, hash BLOB NOT NULL
  );
  CREATE TABLE IF NOT EXISTS strategies (
    id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL, name TEXT NOT NULL,
    config TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'stopped'
  );
  CREATE INDEX IF NOT EXISTS strategies_of ON strategies (owner, id);
  CREATE TABLE IF NOT EXISTS logs (
    id INTEGER PRIMARY KEY, strategy INTEGER NOT NULL, at INTEGER NOT NULL, message TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS logs_of ON logs (strategy, id);
  CREATE TABLE IF NOT EXISTS signals (
    id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL, strategy INTEGER NOT NULL,
    pair TEXT NOT NULL, action TEXT NOT NULL, rate REAL NOT NULL, strength REAL NOT NULL,
    strength_level TEXT NOT NULL, at INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS signals_of ON signals (owner, id);
  CREATE INDEX IF NOT EXISTS signals_on ON signals (strategy)`

/** @throws Error when the file cannot be opened */
export function openDatabase(path: string): DatabaseSync {
  const database = new DatabaseSync(path)
  database.exec(SCHEMA)
  return database
}

/** Does everything or nothing of it. */
export function transaction<T>(database: DatabaseSync, act: () => T): T {
  database.exec('BEGIN')
  try {
    const result = act()
    database.exec('COMMIT')
    return result
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}
