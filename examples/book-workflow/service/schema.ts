/** Losing the last second on a power cut is fine here; waiting for the disk on each chapter is not. */
export const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  PRAGMA busy_timeout = 2000;
  PRAGMA foreign_keys = ON;
  CREATE TABLE IF NOT EXISTS access_tokens (
    token TEXT PRIMARY KEY, user TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS books (
    id TEXT PRIMARY KEY, user TEXT NOT NULL, title TEXT NOT NULL,
    outline TEXT NOT NULL DEFAULT '', summary TEXT NOT NULL DEFAULT ''
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS chapters (
    id TEXT PRIMARY KEY, book TEXT NOT NULL REFERENCES books (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, plan TEXT NOT NULL, text TEXT NOT NULL DEFAULT '',
    UNIQUE (book, number)
  ) WITHOUT ROWID;`
