import type { Frame } from './frame.ts'
import { NOTHING, type Framing, type Signal, type Wire } from './wire.ts'

/**
 * A wire in code, for what paths cannot say. `parse` is called for each frame in turn; `state` is an empty
 * object at the start of every stream, for what it must remember.
 */
export interface ParsedWire<State extends object = Record<string, unknown>> {
  readonly framing: Framing
  /** `'marker'` (the default): a close before a signal `done` means that the stream was cut off. */
  readonly end?: 'marker' | 'close' | undefined
  /** Events are told apart by a single line end; only of `'sse'`. */
  readonly lenient?: boolean | undefined
  /** What a frame means; nothing for one without meaning. What it throws makes the stream malformed. */
  parse(this: void, frame: Frame, state: Partial<State>): Signal | undefined | void
}

/** One for each stream. */
export function byParsing({ framing, end = 'marker', lenient, parse }: ParsedWire): Wire {
  const state = {}
  return {
    name: framing,
    framing,
    lenient,
    end,
    read: (frame) => {
      try {
        return parse(frame, state) ?? NOTHING
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error)
        return { malformed: `the parse of its wire threw: ${said}` }
      }
    },
  }
}
