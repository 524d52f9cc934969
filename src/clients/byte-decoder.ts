import { TextDecoder } from 'node:util'

const BYTE_ORDER_MARK = 0xfe_ff
const LAST_ASCII = 0x7f

/**
 * Bytes of a stream as text. A read that ends between two characters, as nearly all do, is decoded by
 * itself, which costs a third of a TextDecoder; one that ends inside a character waits for its rest.
 */
export class ByteDecoder {
  #decoder: TextDecoder | undefined
  /** The decoder may hold the start of a character. */
  #inside = false
  #begun = false

  decode(chunk: Buffer): string {
    if (chunk.length === 0) return ''
    const whole = (chunk[chunk.length - 1] as number) <= LAST_ASCII
    const text =
      whole && !this.#inside ? chunk.toString('utf8') : this.#slow().decode(chunk, { stream: true })
    this.#inside = !whole
    if (this.#begun || text === '') return text
    this.#begun = true
    return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text
  }

  /** What is left of a character that never came whole. */
  end(): string {
    return this.#inside ? this.#slow().decode() : ''
  }

  #slow(): TextDecoder {
    return (this.#decoder ??= new TextDecoder('utf-8', { ignoreBOM: true }))
  }
}
