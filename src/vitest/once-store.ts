import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'

/** What became of something that is done once; `value` is JSON, and missing for `undefined`. */
export type OnceDone =
  | { readonly kind: 'value'; readonly value?: unknown }
  | { readonly kind: 'error'; readonly message: string }

/** What a process is answered that wants it: the result, or that it is the one to make it. */
export type OnceAnswer = OnceDone | { readonly kind: 'make' }

interface Entry {
  readonly done: Promise<OnceDone>
  readonly settle: (done: OnceDone) => void
}

/** What is done once in a run, whichever of its processes comes first; in the main process. */
export class OnceStore {
  readonly #entries = new Map<string, Entry>()

  /** The first to ask makes it, and holds its answer open until it has; the others get what it made. */
  async ask(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { id } = (await json(request)) as { id: string }
    const known = this.#entries.get(id)
    if (known !== undefined) return void response.end(line(await known.done))
    const entry = newEntry()
    this.#entries.set(id, entry)
    response.on('close', () => {
      entry.settle({ kind: 'error', message: `the process that ran once('${id}') has ended in it` })
    })
    response.write(line({ kind: 'make' }))
    await entry.done
    response.end()
  }

  /** It was made. */
  async made(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { id, done } = (await json(request)) as { id: string; done: OnceDone }
    this.#entries.get(id)?.settle(done)
    response.end()
  }

  /** Another run begins, as watch mode has them. */
  clear(): Promise<void> {
    this.#entries.clear()
    return Promise.resolve()
  }
}

const line = (answer: OnceAnswer): string => `${JSON.stringify(answer)}\n`

function newEntry(): Entry {
  const { promise, resolve } = Promise.withResolvers<OnceDone>()
  return { done: promise, settle: resolve }
}
