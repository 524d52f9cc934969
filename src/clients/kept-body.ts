import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'
import type { Bytes } from '../units/units.ts'

/** So much that most JSON is whole. */
const MOST_READ: Bytes = 65_536

/** The start of a body. */
export class Kept {
  size: Bytes = 0
  #held: Bytes = 0
  readonly #chunks: Uint8Array[] = []

  static of(data: Uint8Array): Kept {
    const kept = new Kept()
    kept.add(data)
    return kept
  }

  get cut(): boolean {
    return this.size > this.#held
  }

  add(chunk: Uint8Array): void {
    this.size += chunk.length
    const part = chunk.slice(0, MOST_READ - this.#held)
    this.#held += part.length
    if (part.length > 0) this.#chunks.push(part)
  }

  /** `undefined` when it is no text. */
  text(): string | undefined {
    const text = new TextDecoder().decode(Buffer.concat(this.#chunks), { stream: true })
    return text.includes('\0') ? undefined : text
  }
}

type Body = NonNullable<Dispatcher.DispatchOptions['body']> | null

/** The body with its bytes kept as they are sent. */
export function watched(body: Body, kept: Kept): Body {
  if (typeof body === 'string' || body instanceof Uint8Array) {
    kept.add(bytesOf(body))
    return body
  }
  if (typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body)) return body
  return Readable.from(watchedChunks(body as AsyncIterable<Uint8Array>, kept), {
    objectMode: false,
  })
}

async function* watchedChunks(
  chunks: AsyncIterable<Uint8Array>,
  kept: Kept,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    kept.add(chunk)
    yield chunk
  }
}

export function bytesOf(data: string | Uint8Array | ArrayBuffer): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data)
  return data instanceof Uint8Array ? data : new Uint8Array(data)
}
