import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { Entry, Json, Rendezvous } from './rendezvous.ts'

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)

/** Characters in one entry: what a rendezvous can pass on without holding up others for long. */
const PIECE = 256 * 1_024

/** A piece of something large. */
interface Piece {
  /** Counted from 0, of so many. */
  readonly piece: number
  readonly of: number
  readonly text: string
}

/** Appends something large to a stream of its own, deflated and in pieces. */
export async function appendLarge(
  rendezvous: Pick<Rendezvous, 'append'>,
  stream: string,
  value: unknown,
): Promise<void> {
  const bytes = await deflate(JSON.stringify(value))
  const text = bytes.toString('base64')
  const of = Math.max(1, Math.ceil(text.length / PIECE))
  for (let piece = 0; piece < of; piece++) {
    await rendezvous.append(stream, {
      piece,
      of,
      text: text.slice(piece * PIECE, (piece + 1) * PIECE),
    })
  }
}

/** What came of a generator, so far: `whole` when all of it has. */
export type Taken =
  | { readonly kind: 'more' }
  | { readonly kind: 'whole'; readonly value: unknown }
  | { readonly kind: 'gap'; readonly why: string }

/** Puts the pieces of each generator together, in their order and without a gap. */
export class LargeReader {
  readonly #pieces = new Map<number, string[]>()

  async take({ generator, sequence, data }: Entry): Promise<Taken> {
    const before = this.#pieces.get(generator) ?? []
    if (!isPiece(data) || sequence !== before.length || data.piece !== before.length) {
      return { kind: 'gap', why: `entry ${sequence} of it came where ${before.length} was due` }
    }
    const pieces = [...before, data.text]
    this.#pieces.set(generator, pieces)
    if (pieces.length < data.of) return { kind: 'more' }
    const bytes = await inflate(Buffer.from(pieces.join(''), 'base64'))
    return { kind: 'whole', value: JSON.parse(bytes.toString()) }
  }
}

const isPiece = (data: Json): data is Piece & Json =>
  typeof data === 'object' && data !== null && 'piece' in data && 'of' in data && 'text' in data
