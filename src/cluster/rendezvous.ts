import type { Share } from '../data/share.ts'
import type { ClockOffset } from '../load/run-part.ts'
import type { Ms } from '../units/units.ts'

/** What crosses from one generator to another; `undefined` within is left out. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [name: string]: Json | undefined }

/** How long to wait, and what gives it up before. */
export interface WaitOptions {
  readonly within: Ms
  readonly signal?: AbortSignal | undefined
}

/** One entry of an append-only stream: of each generator they come in the order of their sequence. */
export interface Entry {
  /** From 0. */
  readonly generator: number
  /** Counts a generator's entries in this stream from 0, without a gap. */
  readonly sequence: number
  readonly data: Json
}

/** A generator that is gone: seen by the rendezvous itself, such as by a connection that broke. */
export interface Loss {
  /** From 0. */
  readonly generator: number
  readonly why: string
}

/**
 * Where the generators of one run meet. Two primitives, both bounded in time, and append-only streams:
 * all that generators agree on is made of these. Names (`id`, `event`, `stream`) are of this run alone.
 */
export interface Rendezvous {
  /** Which generator this is of how many. */
  readonly share: Share
  /**
   * A value made by one generator, the same for all, also for those that come later. What is given is what
   * came back from JSON, for its maker, too.
   *
   * @param make is called in one generator only; when it throws, its message reaches all
   * @throws RendezvousError for a maker that failed, is gone, or took too long
   */
  getOrCreate(id: string, make: () => Json | Promise<Json>, options: WaitOptions): Promise<Json>
  /**
   * Signals and waits until all have.
   * @throws RendezvousError that names who has not in time; the reason of the signal when it aborts
   */
  signalAndWait(event: string, options: WaitOptions): Promise<void>
  /**
   * Puts an entry behind all others of this generator in a stream; its sequence is counted here.
   * Resolves when the rendezvous has it.
   */
  append(stream: string, data: Json): Promise<void>
  /**
   * All entries of a stream from its beginning, those to come included, until the signal aborts or
   * the rendezvous is closed: it then ends, and does not throw.
   */
  read(stream: string, signal: AbortSignal): AsyncIterable<Entry>
  /** How the own clock (`performance.now`) stands to the common one. */
  readonly clock: ClockOffset
  /** Measures the clock anew: it drifts over hours. */
  synchronize(): Promise<ClockOffset>
  /** Is told of generators that are gone, once each, from now on and of those that were before. */
  onLoss(told: (loss: Loss) => void): void
  /** Leaves: what comes after is no loss. */
  close(): Promise<void>
}

/** What kept generators from meeting. */
export class RendezvousError extends Error {
  override readonly name = 'RendezvousError'
}

/** `generator 2 of 4`, as people count. */
export const generatorName = (generator: number, of: number): string =>
  `generator ${generator + 1} of ${of}`

/** `generators 2 and 4 of 4` */
export function generatorNames(generators: readonly number[], of: number): string {
  const numbers = generators.map((each) => String(each + 1))
  const last = numbers.pop() ?? 'none'
  if (numbers.length === 0) return `generator ${last} of ${of}`
  return `generators ${numbers.join(', ')} and ${last} of ${of}`
}
