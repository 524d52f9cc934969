import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { OutcomeKind } from '../metrics/outcome.ts'
import type { Ms } from '../units/units.ts'
import type { LoadRun } from './load-run.ts'
import type { PhaseName } from './phases.ts'
import type { UserContext } from './user-context.ts'

/**
 * What every listener is handed last: the load's own clients, none of whose calls is counted in the run,
 * and a way to stop it.
 */
export interface LoadContext extends Pick<
  UserContext,
  'http' | 'fetch' | 'url' | 'session' | 'sessions' | 'ws' | 'signal'
> {
  /** Starts no more iterations; those under way get the graceful stop. The summary says why. */
  readonly stop: (reason: string) => void
}

/** A named operation that begins, no part of another one. */
export interface RequestStart {
  readonly name: string
  /** Those of the name so far. */
  readonly tags: readonly string[]
}

/** A named operation that has ended. */
export interface RequestStop extends RequestStart {
  readonly outcome: OutcomeKind
  /** As the run counts it: in an open load from the intended start. */
  readonly latency: Ms
  /** Of an answer over HTTP, if one came. */
  readonly status: number | undefined
}

/**
 * Listeners to a load. What one throws fails the test, and ends the load at once. Those of requests are
 * called in the middle of the traffic and must return nothing; all others may be async.
 */
export interface LoadEvents {
  /** Before the first user; the load begins when it has ended. */
  readonly runStart?: ((load: LoadContext) => unknown) | undefined
  /** After the last user, with the finished run. */
  readonly runStop?: ((run: LoadRun, load: LoadContext) => unknown) | undefined
  readonly phaseStart?:
    | ((phase: { readonly name: PhaseName }, load: LoadContext) => unknown)
    | undefined
  readonly phaseStop?:
    | ((phase: { readonly name: PhaseName }, load: LoadContext) => unknown)
    | undefined
  /** Before the user's first iteration, which waits for it. */
  readonly userStart?: ((user: { readonly user: number }, load: LoadContext) => unknown) | undefined
  /** After the user's last iteration. */
  readonly userStop?: ((user: { readonly user: number }, load: LoadContext) => unknown) | undefined
  readonly requestStart?: ((request: RequestStart, load: LoadContext) => void) | undefined
  readonly requestStop?: ((request: RequestStop, load: LoadContext) => void) | undefined
}

/** Listeners to be shared by several loads, checked by their type where they are written. */
export const defineEvents = (events: LoadEvents): LoadEvents => events

const NAMES = [
  'runStart',
  'runStop',
  'phaseStart',
  'phaseStop',
  'userStart',
  'userStop',
  'requestStart',
  'requestStop',
]

/** One object of listeners, or several. @throws UsageError with every mistake */
export function toEvents(input: unknown, path: string): readonly LoadEvents[] {
  const mistakes = new Mistakes()
  const all: readonly unknown[] = Array.isArray(input) ? input : [input]
  for (const [at, each] of all.entries()) {
    const own = Array.isArray(input) ? `${path}[${at}]` : path
    mistakes.check(() => checkListeners(each, own), undefined)
  }
  mistakes.throwAll(path)
  return all as readonly LoadEvents[]
}

function checkListeners(input: unknown, path: string): void {
  if (typeof input !== 'object' || input === null) {
    throw new UsageError(path, 'an object like { runStart: async ({ http }) => … }', input)
  }
  const mistakes = new Mistakes()
  for (const [name, listener] of Object.entries(input)) {
    const own = `${path}.${name}`
    if (!NAMES.includes(name)) {
      mistakes.add(UsageError.saying(own, `${own} is no event; ${knownNames(name, NAMES)}`, name))
    } else if (listener !== undefined && typeof listener !== 'function') {
      mistakes.add(new UsageError(own, 'a function', listener))
    }
  }
  mistakes.throwAll(path)
}
