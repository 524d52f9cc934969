import {
  csv,
  defineUser,
  expect,
  sequence,
  type HttpClient,
  type StreamResult,
  type ThinkTime,
} from 'vitest-perf'
import { Book } from './books.ts'
import { crowd, full } from './switches.ts'

/** Each author has an access token that no other has. */
const accessTokens = csv('../access_tokens.csv', { columns: ['user_id', 'token'], pick: 'unique' })

/** What an author has on the desk: nothing at first. */
interface Desk {
  readonly api: HttpClient
  book: Book | undefined
}

const bookOn = ({ book }: Desk): Book => {
  if (book === undefined) throw new Error('there is no book yet')
  return book
}

const thinkTime: ThinkTime = full || crowd ? ['5s', '10s'] : ['50ms', '150ms']

/** Between two questions of those who wait for nothing else. */
const pause = crowd ? thinkTime : 0

const author = {
  thinkTime,
  data: accessTokens,
  onStart: ({ http, row }: { http: HttpClient; row: { token: string } }): Desk => ({
    api: http.extend({ prefix: '/api/v1', bearer: row.token }),
    book: undefined,
  }),
}

/** Writes one book after the other, step by step, and thinks in between. */
export const basicAuthor = defineUser(
  { name: 'author', ...author },
  {
    book: sequence([
      async ({ state, row }) => {
        state.book = await Book.create(state.api, `A book of ${row.user_id}`)
      },
      ({ state }) => bookOn(state).outline(),
      ({ state }) => bookOn(state).chapter(),
      ({ state }) => bookOn(state).continue(),
      ({ state }) => bookOn(state).expand(),
      ({ state }) => bookOn(state).write(),
      ({ state }) => bookOn(state).summarise(),
      ({ state }) => bookOn(state).remove(),
    ]),
  },
)

const BOOKS = ['A tale', 'A crime', 'A romance']

/** Writes three books at once, each in a context that grows chapter by chapter. */
export const advancedAuthor = defineUser(
  { name: 'author of three', ...author },
  {
    books: async ({ state: { api }, group, check }) => {
      const books = await Promise.all(BOOKS.map((title) => Book.create(api, title)))
      const contexts = await group('three books', () => Promise.all(books.map(twoChapters)))
      check('the context grows', contexts.every(isGrowing))
      await Promise.all(books.map((book) => book.remove()))
    },
  },
)

/** How long the context was whenever something was written, in tokens. */
async function twoChapters(book: Book): Promise<readonly number[]> {
  const contexts: number[] = []
  await book.outline()
  for (const number of [1, 2]) {
    expect(await book.chapter()).toBe(number)
    contexts.push(contextOf(await book.continue()), contextOf(await book.expand()))
    await book.summarise()
  }
  return contexts
}

const contextOf = ({ usage }: StreamResult): number => usage?.input ?? 0

const isGrowing = (sizes: readonly number[]): boolean =>
  sizes.every((size, index) => size > (sizes[index - 1] ?? 0))

type Task = 'outline' | 'write'

/** Asks for one thing again and again. */
export const asking = (what: Task) =>
  defineUser({ name: what, extends: arriving(what), thinkTime: pause })

/** Asks for one thing whenever it is due, for loads of a rate. */
export const arriving = (what: Task) =>
  defineUser(
    { name: what, ...author, thinkTime: undefined },
    {
      [what]: async ({ state }) => {
        state.book ??= await newBook(state.api)
        await state.book[what]()
      },
    },
  )

async function newBook(api: HttpClient): Promise<Book> {
  const book = await Book.create(api, 'A short one')
  await book.chapter()
  return book
}
