/** One event of a stream, or one line, as it came off the wire. */
export class Frame {
  readonly data: string
  /** The name and the id of a server-sent event. */
  readonly event: string | undefined
  readonly id: string | undefined
  #value: unknown = UNREAD

  constructor(data: string, event?: string, id?: string) {
    this.data = data
    this.event = event
    this.id = id
  }

  /** One that came as a message, and has been read as JSON already. */
  static of(message: unknown): Frame {
    const frame = new Frame(typeof message === 'string' ? message : JSON.stringify(message))
    if (typeof message !== 'string') frame.#value = message
    return frame
  }

  /** Its data as JSON, or `undefined` for what is none; parsed at the first call. */
  json(): unknown {
    if (this.#value === UNREAD) this.#value = parse(this.data)
    return this.#value
  }
}

const UNREAD = Symbol('unread')

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
