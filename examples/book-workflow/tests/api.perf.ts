import { describe, expect, test } from 'vitest-perf'
import { Book } from './books.ts'

/** The first of `access_tokens.csv`, and the second. */
const [anna, ben] = ['book-1-60421368', 'book-2-21e4ffb9'] as const

describe('API', () => {
  test('the service is healthy', async ({ http }) => {
    expect((await http.get('/health')).json()).toEqual({ status: 'healthy' })
  })

  test('nothing goes without an access token', async ({ http }) => {
    await http.post('/api/v1/books', { json: { title: 'Mine' }, expect: 401 })
    await http.extend({ bearer: 'made-up' }).post('/v1/chat/completions', { expect: 401 })
  })

  test('a book, from its title to its summary', async ({ http }) => {
    const book = await Book.create(http.extend({ prefix: '/api/v1', bearer: anna }), 'The river')
    const outline = await book.outline()
    expect(await book.chapter()).toBe(1)
    const first = await book.continue()
    const more = await book.expand()
    expect((await book.show()).chapters[0]?.text).toBe(`${first.text} ${more.text}`)
    const chapter = await book.write()
    const summary = await book.summarise()
    expect(await book.show()).toMatchObject({
      title: 'The river',
      outline: outline.text,
      summary: summary.text,
      chapters: [{ number: 1, text: chapter.text }],
    })
    await book.remove()
  })

  test("another author's book is unknown", async ({ http }) => {
    const api = http.extend({ prefix: '/api/v1', bearer: anna })
    const answer = await api.post('/books', { json: { title: 'Mine' } })
    const path = `/books/${answer.json<{ book_id: string }>().book_id}`
    await api.extend({ bearer: ben }).get(path, { expect: 404 })
    await api.delete(path, { expect: 204 })
  })
})
