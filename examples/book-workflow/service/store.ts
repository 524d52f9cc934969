import { randomUUID } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { SCHEMA } from './schema.ts'

export interface Book {
  readonly id: string
  readonly user: string
  readonly title: string
  readonly outline: string
  readonly summary: string
}

export interface Chapter {
  readonly id: string
  readonly book: string
  readonly number: number
  /** What is to happen in it. */
  readonly plan: string
  readonly text: string
}

const ADD_CHAPTER = `
  INSERT INTO chapters (id, book, number, plan)
  SELECT $id, $book, 1 + count(*), $plan FROM chapters WHERE book = $book
  RETURNING *`

/** Access tokens, and the books of each user with their chapters, in SQLite. */
export class Store {
  readonly #database: DatabaseSync
  readonly #addToken
  readonly #userOf
  readonly #addBook
  readonly #book
  readonly #remove
  readonly #addChapter
  readonly #chapter
  readonly #chapters
  readonly #setText
  readonly #setOutline
  readonly #setSummary

  constructor(path: string) {
    const database = new DatabaseSync(path)
    database.exec(SCHEMA)
    this.#addToken = database.prepare('INSERT OR REPLACE INTO access_tokens VALUES (?, ?)')
    this.#userOf = database.prepare('SELECT user FROM access_tokens WHERE token = ?')
    this.#addBook = database.prepare('INSERT INTO books (id, user, title) VALUES (?, ?, ?)')
    this.#book = database.prepare('SELECT * FROM books WHERE id = ?')
    this.#remove = database.prepare('DELETE FROM books WHERE id = ?')
    this.#addChapter = database.prepare(ADD_CHAPTER)
    this.#chapter = database.prepare('SELECT * FROM chapters WHERE id = ?')
    this.#chapters = database.prepare('SELECT * FROM chapters WHERE book = ? ORDER BY number')
    this.#setText = database.prepare('UPDATE chapters SET text = ? WHERE id = ?')
    this.#setOutline = database.prepare('UPDATE books SET outline = ? WHERE id = ?')
    this.#setSummary = database.prepare('UPDATE books SET summary = ? WHERE id = ?')
    this.#database = database
  }

  addTokens(tokens: readonly { readonly user: string; readonly token: string }[]): void {
    this.#database.exec('BEGIN')
    for (const { user, token } of tokens) this.#addToken.run(token, user)
    this.#database.exec('COMMIT')
  }

  /** Whom a token was given to. */
  userOf(token: string): string | undefined {
    const row = this.#userOf.get(token)
    return row === undefined ? undefined : String(row.user)
  }

  addBook(user: string, title: string): string {
    const id = randomUUID()
    this.#addBook.run(id, user, title)
    return id
  }

  book(id: string): Book | undefined {
    const row = this.#book.get(id)
    return row && toBook(row)
  }

  /** With its chapters. */
  removeBook(id: string): void {
    this.#remove.run(id)
  }

  /** The next one of its book. */
  addChapter(book: string, plan: string): Chapter {
    return toChapter(this.#addChapter.get({ id: randomUUID(), book, plan }) ?? {})
  }

  chapter(id: string): Chapter | undefined {
    const row = this.#chapter.get(id)
    return row && toChapter(row)
  }

  chaptersOf(book: string): readonly Chapter[] {
    return this.#chapters.all(book).map(toChapter)
  }

  setText(chapter: string, text: string): void {
    this.#setText.run(text, chapter)
  }

  setOutline(book: string, outline: string): void {
    this.#setOutline.run(outline, book)
  }

  setSummary(book: string, summary: string): void {
    this.#setSummary.run(summary, book)
  }

  close(): void {
    this.#database.close()
  }
}

type Row = Readonly<Record<string, unknown>>

const toBook = ({ id, user, title, outline, summary }: Row): Book => ({
  id: String(id),
  user: String(user),
  title: String(title),
  outline: String(outline),
  summary: String(summary),
})

const toChapter = ({ id, book, number, plan, text }: Row): Chapter => ({
  id: String(id),
  book: String(book),
  number: Number(number),
  plan: String(plan),
  text: String(text),
})
