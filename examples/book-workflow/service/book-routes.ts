import { readJson, sendJson, type Call, type JsonObject } from '../../services/call.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Routes } from '../../services/router.ts'
import type { BookService } from './book-service.ts'
import type { Book } from './store.ts'
import { openaiChat } from './wires/openai-chat.ts'

/** From the first idea to the summary of what was written. */
export function bookRoutes(service: BookService): Routes {
  return {
    'POST /api/v1/books': (call) => create(service, call),
    'GET /api/v1/books/{id}': (call) => show(service, call),
    'DELETE /api/v1/books/{id}': (call) => remove(service, call),
    'POST /api/v1/books/{id}/outline': (call) => outline(service, call),
    'POST /api/v1/books/{id}/chapters': (call) => chapter(service, call),
    'POST /api/v1/books/{id}/summary': (call) => summarise(service, call),
    'POST /api/v1/chapters/{id}/continue': (call) =>
      write(service, call, 'Continue', (old, more) => `${old} ${more}`.trim()),
    'POST /api/v1/chapters/{id}/expand': (call) =>
      write(service, call, 'Expand', (old, more) => `${old} ${more}`.trim()),
    'POST /api/v1/chapters/{id}/write': (call) =>
      write(service, call, 'Write', (_, whole) => whole),
  }
}

async function create(service: BookService, call: Call): Promise<void> {
  const user = service.userOf(call)
  const { title } = await readJson(call.request)
  if (typeof title !== 'string' || title === '') {
    throw new HttpError(422, 'title must be a non-empty string')
  }
  sendJson(call.response, 201, { book_id: service.store.addBook(user, title), title })
}

function show(service: BookService, call: Call): void {
  const { id, title, outline, summary } = service.bookOf(call)
  const chapters = service.store
    .chaptersOf(id)
    .map(({ id, number, plan, text }) => ({ chapter_id: id, number, plan, text }))
  sendJson(call.response, 200, { book_id: id, title, outline, summary, chapters })
}

function remove(service: BookService, call: Call): void {
  service.store.removeBook(service.bookOf(call).id)
  call.response.writeHead(204).end()
}

async function outline(service: BookService, call: Call): Promise<void> {
  const book = service.bookOf(call)
  const body = await readJson(call.request)
  const text = await ask(service, call, body, `Outline a book called ${book.title}.`)
  if (text !== undefined) service.store.setOutline(book.id, text)
}

/** A plan is short and read as a whole, so it is not streamed. */
async function chapter(service: BookService, call: Call): Promise<void> {
  const book = service.bookOf(call)
  await readJson(call.request)
  await service.ask(call, {
    wire: openaiChat,
    prompt: `Plan the next chapter.\n${soFar(service, book)}`,
    stream: false,
    wantsUsage: true,
    answer: (plan, usage) => {
      const { id, number } = service.store.addChapter(book.id, plan)
      return { chapter_id: id, number, plan, usage }
    },
  })
}

async function summarise(service: BookService, call: Call): Promise<void> {
  const book = service.bookOf(call)
  const body = await readJson(call.request)
  const text = await ask(service, call, body, `Summarise this.\n${soFar(service, book)}`)
  if (text !== undefined) service.store.setSummary(book.id, text)
}

/** `join` makes the new text of the chapter of its old one and what was said now. */
async function write(
  service: BookService,
  call: Call,
  task: string,
  join: (old: string, said: string) => string,
): Promise<void> {
  const { book, chapter } = service.chapterOf(call)
  const body = await readJson(call.request)
  const prompt = `${task} chapter ${chapter.number}: ${chapter.plan}\n${soFar(service, book)}`
  const said = await ask(service, call, body, prompt)
  if (said === undefined) return
  // It may have grown in the meantime, under another request.
  const now = service.store.chapter(chapter.id)
  if (now !== undefined) service.store.setText(chapter.id, join(now.text, said))
}

/** Streamed in OpenAI's chunks, unless the body says `"stream": false`. */
function ask(service: BookService, call: Call, { stream }: JsonObject, prompt: string) {
  return service.ask(call, {
    wire: openaiChat,
    prompt,
    stream: stream !== false,
    wantsUsage: true,
    answer: (text, usage) => ({ text, usage }),
  })
}

/** The context of every question: it grows with the book. */
function soFar(service: BookService, { id, title, outline }: Book): string {
  const chapters = service.store.chaptersOf(id).map(({ plan, text }) => `${plan}\n${text}`)
  return [title, outline, ...chapters].join('\n')
}
