import type { Ms } from '../units/units.ts'

/** What a timer call gives back; opaque. */
export type Timer = ReturnType<typeof setTimeout>

/**
 * Monotonic milliseconds and timers. Everything that waits or measures takes one, so that schedule
 * tests run on a fake.
 */
export interface Clock {
  now(): Ms
  setTimeout(callback: () => void, delay: Ms): Timer
  clearTimeout(timer: Timer | undefined): void
}

/**
 * The real clock, captured at import: a suite's `vi.useFakeTimers()` replaces `performance.now` and
 * the global timers, and must not falsify what is measured.
 */
export const realClock: Clock = {
  now: performance.now.bind(performance),
  setTimeout: globalThis.setTimeout.bind(globalThis),
  clearTimeout: globalThis.clearTimeout.bind(globalThis),
}
