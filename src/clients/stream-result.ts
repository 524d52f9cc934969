import type { TokenCount, Usage } from '../metrics/sample.ts'
import type { Ms } from '../units/units.ts'

/** What one says that is no text to read. */
export interface Asides {
  reasoning: string
  tool: string
}

/**
 * A stream that came to its proper end. A class, since an object that is put together by spreading costs as
 * much as a whole token does.
 */
export class StreamResult {
  /** Its text to read, token by token as it came. */
  readonly tokens: readonly string[]
  /** What a reasoning model thought aloud, and arguments of tools; empty when there was none. */
  readonly reasoning: string
  readonly tool: string
  /** How many tokens came, reasoning and tools included, and who counted them. */
  readonly counted: TokenCount | undefined
  /** What the service says it counted. */
  readonly usage: Usage | undefined
  readonly status: number
  /**
   * From the call to the headers, to the first token, to the first text to read, to the end marker.
   */
  readonly ttfb: Ms | undefined
  readonly ttft: Ms | undefined
  readonly ttfo: Ms | undefined
  readonly ttct: Ms | undefined
  /** Time per output token: from the first to the last one, by the number of those behind the first. */
  readonly tpot: Ms | undefined
  /** Between two reads that each carried a token. */
  readonly gaps: readonly Ms[]
  /** The test had it stopped (`session.stop()`), which is no failure; it has no `ttct` then. */
  readonly stopped: boolean
  /** From there to its end. */
  readonly stopLatency: Ms | undefined
  /** How often it was lost and came back. */
  readonly reconnects: number

  constructor(tokens: readonly string[], { reasoning, tool }: Asides, end: StreamEnd) {
    this.tokens = tokens
    this.reasoning = end.reasoning ?? reasoning
    this.tool = end.tool ?? tool
    this.counted = end.counted
    this.usage = end.usage
    this.status = end.status
    this.ttfb = end.ttfb
    this.ttft = end.ttft
    this.ttfo = end.ttfo
    this.ttct = end.ttct
    this.tpot = end.tpot
    this.gaps = end.gaps
    this.stopped = end.stopped ?? false
    this.stopLatency = end.stopLatency
    this.reconnects = end.reconnects ?? 0
  }

  /** All text to read together. */
  get text(): string {
    return this.tokens.join('')
  }

  /** Iterating a finished stream gives its tokens again. */
  [Symbol.iterator](): IterableIterator<string> {
    return this.tokens.values()
  }
}

type Measured = Omit<StreamResult, 'text' | 'tokens' | typeof Symbol.iterator>

/** What a stream measured, told at its end. */
export type StreamEnd = Pick<Measured, 'status' | 'ttfb' | 'ttft' | 'ttct' | 'gaps'> &
  Partial<Measured>
