import { AsyncLocalStorage } from 'node:async_hooks'
import type { Lateness } from '../clients/caller.ts'
import { OperationError } from '../clients/operation-error.ts'
import type { Clock } from '../clock/clock.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { OutcomeKind } from '../metrics/outcome.ts'
import { PART, type Recorder } from '../metrics/recorder.ts'
import { isAssertion } from './error-kind.ts'

/**
 * Times all that a function does, as one: `group('checkout', async () => { … })`. It fails when it
 * throws, or when an operation in it failed; a group within a group is `outer › inner`.
 */
export type Group = <T>(name: string, run: () => T | Promise<T>) => Promise<T>

/** Whose groups they are, and where they are recorded. */
export interface GroupPlace {
  readonly clock: Clock
  readonly recorder: () => Recorder
  /** Operations that failed so far. */
  readonly failures: () => number
  readonly lateness: Lateness
  readonly signal: AbortSignal
}

/** The group that code runs in, across awaits. */
const around = new AsyncLocalStorage<{ readonly place: GroupPlace; readonly name: string }>()

export const createGroup =
  (place: GroupPlace): Group =>
  async (name, run) => {
    if (typeof name !== 'string' || name === '') {
      throw new UsageError('group(name, …)', 'a name', name)
    }
    const outer = around.getStore()
    const path = outer?.place === place ? `${outer.name}${PART}${name}` : name
    const end = begin(place, path)
    try {
      const result = await around.run({ place, name: path }, run)
      end()
      return result
    } catch (error) {
      if (!(error instanceof UsageError)) end(error ?? new Error('threw nothing'))
      throw error
    }
  }

/** Starts the time of a group; what it gives ends and records it. */
function begin(place: GroupPlace, name: string): (error?: unknown) => void {
  const { clock, lateness, signal } = place
  const series = place.recorder().group(name)
  const startedAt = clock.now()
  const { lag } = lateness
  const failedBefore = place.failures()
  return (error) => {
    const failed = error !== undefined || place.failures() > failedBefore
    const outcome = signal.aborted ? 'cutOff' : failed ? outcomeOf(error) : 'ok'
    series.record({ outcome, startedAt, lag, endedAt: clock.now(), firstByteAt: undefined })
  }
}

function outcomeOf(error: unknown): OutcomeKind {
  if (error instanceof OperationError) return error.kind
  return isAssertion(error) ? 'assertion' : 'error'
}
