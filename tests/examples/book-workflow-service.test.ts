import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { booksProcess, OTHERS_TOKEN, quickBooks, TOKEN } from './book-workflow.ts'

const API = '/api/v1'

/** What an author does at a service. */
function authorOf({ url }: { readonly url: string }, token = TOKEN) {
  const headers = { authorization: `Bearer ${token}` }
  const call = (method: string) => (path: string, body?: object) =>
    fetch(url + API + path, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const [get, post, remove] = [call('GET'), call('POST'), call('DELETE')]
  const create = async (title = 'The river'): Promise<string> =>
    ((await (await post('/books', { title })).json()) as { book_id: string }).book_id
  const show = async (id: string): Promise<Shown> =>
    (await (await get(`/books/${id}`)).json()) as Shown
  const plan = async (id: string): Promise<Planned> =>
    (await (await post(`/books/${id}/chapters`, {})).json()) as Planned
  const whole = async (path: string): Promise<Whole> =>
    (await (await post(path, { stream: false })).json()) as Whole
  return { get, post, remove, create, show, plan, whole }
}

interface Shown {
  readonly outline: string
  readonly summary: string
  readonly chapters: readonly { readonly text: string }[]
}
interface Planned {
  readonly chapter_id: string
  readonly number: number
}
interface Whole {
  readonly text: string
  readonly usage: { readonly input: number; readonly output: number }
}

describe('the workflow', () => {
  test('chapters are continued, expanded, written anew and summarised', async () => {
    await using service = await quickBooks()
    const { create, show, plan, whole } = authorOf(service)
    const book = await create()
    const outline = await whole(`/books/${book}/outline`)
    const { chapter_id: chapter } = await plan(book)
    const first = await whole(`/chapters/${chapter}/continue`)
    const more = await whole(`/chapters/${chapter}/expand`)
    expect(await show(book)).toMatchObject({
      book_id: book,
      title: 'The river',
      outline: outline.text,
      summary: '',
      chapters: [{ number: 1, text: `${first.text} ${more.text}` }],
    })
    const anew = await whole(`/chapters/${chapter}/write`)
    const { text } = await whole(`/books/${book}/summary`)
    expect(await show(book)).toMatchObject({ summary: text, chapters: [{ text: anew.text }] })
  })

  test('the context of a question grows with the book', async () => {
    await using service = await quickBooks()
    const { create, plan, whole } = authorOf(service)
    const book = await create()
    const contexts: number[] = []
    for (const number of [1, 2]) {
      const chapter = await plan(book)
      expect(chapter.number).toBe(number)
      for (let turn = 0; turn < 2; turn += 1) {
        contexts.push((await whole(`/chapters/${chapter.chapter_id}/continue`)).usage.input)
      }
    }
    const [first = 0, ...others] = contexts
    // Four tokens are said each time; a chapter comes with its plan.
    expect(others).toEqual([first + 4, first + 12, first + 16])
  })

  test('a context takes its time to be read', async () => {
    await using service = await quickBooks({ prefill: 1_000 })
    const words = 'word '.repeat(100)
    const body = JSON.stringify({ prompt: words, stream: false })
    const headers = { authorization: `Bearer ${TOKEN}` }
    const began = performance.now()
    await (await fetch(`${service.url}/stream/text`, { method: 'POST', body, headers })).text()
    expect(performance.now() - began).toBeGreaterThan(95)
  })

  test('what was not told to its end is not kept', async () => {
    await using service = await quickBooks()
    const { create, show } = authorOf(service)
    const book = await create()
    for (const fault of ['x-book-cut', 'x-book-tidy', 'x-book-error']) {
      const headers = { authorization: `Bearer ${TOKEN}`, [fault]: '2' }
      const path = `${service.url}${API}/books/${book}/outline`
      const answer = await fetch(path, { method: 'POST', headers })
      await answer.text().catch(() => {})
    }
    expect((await show(book)).outline).toBe('')
  })

  test('a removed book has gone, with its chapters', async () => {
    await using service = await quickBooks()
    const { create, plan, get, post, remove } = authorOf(service)
    const book = await create()
    const { chapter_id: chapter } = await plan(book)
    expect((await remove(`/books/${book}`)).status).toBe(204)
    expect((await get(`/books/${book}`)).status).toBe(404)
    expect((await post(`/chapters/${chapter}/write`)).status).toBe(404)
  })

  test("another author's books and chapters are unknown", async () => {
    await using service = await quickBooks()
    const [mine, other] = [authorOf(service), authorOf(service, OTHERS_TOKEN)]
    const book = await mine.create()
    const { chapter_id: chapter } = await mine.plan(book)
    expect((await other.get(`/books/${book}`)).status).toBe(404)
    expect((await other.remove(`/books/${book}`)).status).toBe(404)
    expect((await other.post(`/chapters/${chapter}/write`)).status).toBe(404)
  })
})

test.each([
  ['POST', '/api/v1/books', '{"title":""}', 422],
  ['POST', '/api/v1/books', '{"title"', 400],
  ['POST', '/v1/chat/completions', '{"messages":[]}', 400],
  ['POST', '/v1/responses', '{}', 400],
  ['POST', '/stream/sse', '{"prompt":7}', 400],
  ['GET', '/api/v1/books/nobody', undefined, 404],
  ['GET', '/v1/messages', undefined, 405],
])('%s %s with %s answers %i', async (method, path, body, status) => {
  await using service = await quickBooks()
  const headers = { authorization: `Bearer ${TOKEN}` }
  const given = { method, headers, ...(body !== undefined && { body }) }
  const answer = await fetch(service.url + path, given)
  expect(answer.status).toBe(status)
  expect(await answer.json()).toEqual({
    error: { message: expect.any(String), type: 'invalid_request_error' },
  })
})

describe('access tokens', () => {
  test.each([
    [{}, 401],
    [{ authorization: 'Bearer made-up' }, 401],
    [{ authorization: `Bearer ${TOKEN}` }, 200],
    [{ 'x-api-key': TOKEN }, 200],
  ])('%o answers %i', async (headers, status) => {
    await using service = await quickBooks()
    const body = '{"prompt":"a story"}'
    const answer = await fetch(`${service.url}/stream/text`, { method: 'POST', headers, body })
    expect(answer.status).toBe(status)
  })

  test('there are 2,000 of them, each another one', async () => {
    const file = join(import.meta.dirname, '../../examples/book-workflow/access_tokens.csv')
    const [head, ...lines] = (await readFile(file, 'utf8')).trim().split('\n')
    expect(head).toBe('user_id,token')
    expect(new Set(lines.map((line) => line.split(',')[1])).size).toBe(2_000)
  })
})

describe('trouble by the environment', () => {
  test('a seeded share is refused, another one is cut off', async () => {
    await using service = await quickBooks({ fail: 0.3, cut: 0.3 })
    const counts = { refused: 0, cut: 0, whole: 0 }
    for (let turn = 0; turn < 60; turn += 1) {
      const headers = { authorization: `Bearer ${TOKEN}` }
      const body = '{"prompt":"a story"}'
      const answer = await fetch(`${service.url}/stream/sse`, { method: 'POST', headers, body })
      const text = await answer.text().catch(() => 'cut')
      if (answer.status === 503) counts.refused += 1
      else if (text === 'cut') counts.cut += 1
      else counts.whole += 1
    }
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(5)
  })

  test('options out of range are refused by name', async () => {
    const message = 'cut (BOOK_CUT) must be a number from 0 to 1, got 2'
    await expect(quickBooks({ cut: 2 })).rejects.toThrow(message)
  })

  test('access tokens of another file, and books in one, that outlive the process', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'books-'))
    const environment = { BOOK_DB: join(folder, 'books.db'), BOOK_FIRST_TOKEN: '2' }
    const first = await booksProcess(environment)
    const book = await authorOf(first).create('Kept')
    expect(await first.stop()).toEqual([0, null])
    const second = await booksProcess(environment)
    expect(await authorOf(second).show(book)).toMatchObject({ title: 'Kept' })
    expect(await second.stop()).toEqual([0, null])
    await rm(folder, { recursive: true })
  })
})
