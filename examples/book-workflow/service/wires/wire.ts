/** What a service says it counted. */
export interface Usage {
  readonly input: number
  readonly output: number
}

/** What is known of an answer before its first token. */
export interface Head {
  readonly id: string
  readonly model: string
  /** Tokens of the prompt. */
  readonly input: number
  /** Whether its usage is to be sent, where that is a matter of asking. */
  readonly wantsUsage: boolean
}

/** Writes one answer, piece by piece. */
export interface Writer {
  /** Before the first token. */
  open(): string
  token(text: string): string
  /** Behind the last token: the usage and the end marker, as far as the wire has them. */
  close(text: string, usage: Usage): string
  /** An error in the middle; undefined where a wire has no words for one. */
  error(message: string): string | undefined
}

/** A format of streamed answers, and of whole ones. */
export interface Wire {
  readonly headers: Readonly<Record<string, string>>
  stream(head: Head): Writer
  whole(head: Head, text: string, usage: Usage): object
}

export const EVENTS = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' }
export const LINES = { 'content-type': 'application/x-ndjson' }

/** A server-sent event; with a name, the way Anthropic and OpenAI's responses have it. */
export const event = (data: object | string, name?: string): string => {
  const text = typeof data === 'string' ? data : JSON.stringify(data)
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${text}\n\n`
}

export const line = (value: object): string => `${JSON.stringify(value)}\n`

export const seconds = (): number => Math.floor(Date.now() / 1000)
