import { route, type HttpClient, type StreamResult } from 'vitest-perf'

/** A book as the service keeps it. */
export interface Kept {
  readonly title: string
  readonly outline: string
  readonly summary: string
  readonly chapters: readonly { readonly number: number; readonly text: string }[]
}

/** A book that is being written, by one whose access token the client sends. */
export class Book {
  readonly #api: HttpClient
  readonly #id: string
  #chapter = ''

  private constructor(api: HttpClient, id: string) {
    this.#api = api
    this.#id = id
  }

  static async create(api: HttpClient, title: string): Promise<Book> {
    const answer = await api.post('/books', { json: { title }, expect: 201, name: 'create' })
    return new Book(api, answer.json<{ book_id: string }>().book_id)
  }

  outline(): Promise<StreamResult> {
    return this.#write(route`/books/${this.#id}/outline`, 'outline')
  }

  /** Plans the next chapter, which is the one that is written from now on. */
  async chapter(): Promise<number> {
    const path = route`/books/${this.#id}/chapters`
    const answer = await this.#api.post(path, { json: {}, name: 'chapter' })
    const { chapter_id, number } = answer.json<{ chapter_id: string; number: number }>()
    this.#chapter = chapter_id
    return number
  }

  /** Goes on where the chapter ends. */
  continue(): Promise<StreamResult> {
    return this.#write(route`/chapters/${this.#chapter}/continue`, 'continue')
  }

  /** Makes more of what there is. */
  expand(): Promise<StreamResult> {
    return this.#write(route`/chapters/${this.#chapter}/expand`, 'expand')
  }

  /** Writes the chapter anew, from its plan. */
  write(): Promise<StreamResult> {
    return this.#write(route`/chapters/${this.#chapter}/write`, 'write')
  }

  summarise(): Promise<StreamResult> {
    return this.#write(route`/books/${this.#id}/summary`, 'summarise')
  }

  async show(): Promise<Kept> {
    return (await this.#api.get(route`/books/${this.#id}`, { name: 'show' })).json<Kept>()
  }

  async remove(): Promise<void> {
    await this.#api.delete(route`/books/${this.#id}`, { expect: 204, name: 'remove' })
  }

  async #write(path: ReturnType<typeof route>, name: string): Promise<StreamResult> {
    return this.#api.stream(path, { json: {}, wire: 'openai.chat', name, tags: ['writing'] })
  }
}
