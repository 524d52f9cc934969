import { UsageError } from '../errors/usage-error.ts'
import type { Bytes, Ms } from '../units/units.ts'
import { bodyStart } from './redact.ts'

const BRACE = 0x7b
const BRACKET = 0x5b
const SPACE = 0x20

/** A message as it came: stamped before anything was decoded, read only when somebody asks, once. */
export class Message {
  readonly at: Ms
  readonly #data: Buffer
  readonly #binary: boolean
  #text: string | undefined
  #value: unknown
  #read = false

  constructor(data: Buffer, binary: boolean, at: Ms) {
    this.#data = data
    this.#binary = binary
    this.at = at
  }

  get size(): Bytes {
    return this.#data.length
  }

  /** `undefined` for a binary message. */
  get text(): string | undefined {
    if (this.#binary) return undefined
    this.#text ??= this.#data.toString('utf8')
    return this.#text
  }

  /** A JSON object or array as what it is, any other text as text (`42` stays `'42'`), binary as bytes. */
  get value(): unknown {
    if (this.#read) return this.#value
    this.#read = true
    this.#value = this.#binary ? this.#data : parsed(this.text ?? '', this.#data[0] ?? 0)
    return this.#value
  }

  /** The message as an error shows it: one short line, secrets taken out. */
  shown(): string {
    if (this.#binary) return `${this.size} bytes`
    const line = bodyStart(this.#data) ?? '(empty)'
    return line.length <= 120 ? line : `${line.slice(0, 119)}…`
  }
}

/** Only what can be an object or array is tried: a text that is none would cost an error each. */
function parsed(text: string, first: number): unknown {
  if (first !== BRACE && first !== BRACKET && first > SPACE) return text
  const start = text.trimStart().charCodeAt(0)
  if (start !== BRACE && start !== BRACKET) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What is sent: text and bytes as they stand, anything else as JSON. */
export type Sendable = string | Uint8Array | ArrayBuffer | object

/** Of the payload. */
export const sizeOf = (data: string | Uint8Array | ArrayBuffer): Bytes =>
  typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength

/** @throws UsageError for what JSON cannot say */
export function encode(message: Sendable): string | Uint8Array | ArrayBuffer {
  if (typeof message === 'string') return message
  if (message instanceof Uint8Array || message instanceof ArrayBuffer) return message
  const json: string | undefined = jsonOf(message)
  if (json !== undefined) return json
  throw new UsageError('message', 'text, bytes or something that JSON can say', message)
}

function jsonOf(message: unknown): string | undefined {
  try {
    return JSON.stringify(message)
  } catch {
    return undefined
  }
}

/** The `type` of a message, or the `method` of a JSON-RPC call: what operations are named after. */
export function typeOf(message: Sendable, fallback: string): string {
  if (typeof message !== 'object' || message === null) return fallback
  if ('type' in message && typeof message.type === 'string') return message.type
  const calls = 'jsonrpc' in message && 'method' in message
  return calls && typeof message.method === 'string' ? message.method : fallback
}
