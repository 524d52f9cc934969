import { UsageError } from '../errors/usage-error.ts'
import type { OperationSummary } from '../metrics/summary.ts'
import { WINDOW } from '../metrics/timeline.ts'
import {
  summarizeWindow,
  type WindowStretch,
  type WindowSummary,
} from '../metrics/window-summary.ts'
import { formatMs, formatNumber } from '../units/format.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'
import { findNamed } from './find-named.ts'
import { noted } from './generated-by.ts'
import type { RunData } from './load-run.ts'
import { plannedTimeOf } from './load-shape.ts'

/** A stretch of the judged time: all requests in it, and each by its name. */
export interface RunWindow extends WindowSummary {
  readonly duration: Ms
  readonly iterations: WindowSummary
  /** @throws UsageError for a name that did not occur in the run */
  request(name: string): WindowSummary
}

/**
 * What a run did from one time to another, counted from the start of its judged time.
 * @throws UsageError for times that are not those of windows, and when dropped arrivals would be missing
 */
export function windowOf(run: RunData, from: DurationInput, to: DurationInput): RunWindow {
  const stretch = toStretch(run, toMs(from, 'run.window(from)'), toMs(to, 'run.window(to)'))
  refuseDropped(run, stretch)
  const { requests } = run
  const of = (operation: OperationSummary, counts: WindowSummary['counts']): WindowSummary =>
    noted(summarizeWindow(operation, counts, stretch), run.generator)
  const window = {
    ...of(run, requests.length === 0 ? 'iterations' : 'requests'),
    duration: stretch.duration,
    iterations: of(run.iterations, 'iterations'),
    request: (name: string): WindowSummary => of(findNamed(requests, name, 'request'), 'requests'),
  }
  Object.defineProperty(window, 'request', { enumerable: false })
  return noted(Object.freeze(window), run.generator)
}

function toStretch(run: RunData, from: Ms, to: Ms): WindowStretch {
  // Timers are late: what was recorded after the planned end belongs to the last window.
  const judged = Math.min(plannedTimeOf(run.shape) ?? Infinity, run.duration)
  const end = Math.ceil(judged / WINDOW) * WINDOW
  if (to <= from) {
    throw new UsageError('run.window(from, to)', 'from the earlier to the later time', [from, to])
  }
  if (to > end) {
    const message = `run.window(from, to) lies in the judged time, which was ${formatMs(judged)} long, got to ${formatMs(to)}`
    throw UsageError.saying('run.window', message, to)
  }
  const last = to >= judged
  refuseSplit(run, 'from', from)
  if (!last) refuseSplit(run, 'to', to)
  return { from, to, last, duration: (last ? run.duration : to) - from }
}

/** Figures are known of whole windows only, and those of a long run are longer. */
function refuseSplit({ timeline }: RunData, name: 'from' | 'to', time: Ms): void {
  const joined = timeline.find(({ at, width }) => at < time && time < at + width)
  if (joined === undefined && time % WINDOW === 0) return
  const at = joined?.at ?? Math.floor(time / WINDOW) * WINDOW
  const width = joined?.width ?? WINDOW
  const why =
    width > WINDOW
      ? 'inside a window: the run was long, and its older windows were joined'
      : 'inside a window, since figures are kept for each second'
  const message = `run.window(${name}) lies at ${formatMs(time)}, ${why}. Write ${seconds(at)} or ${seconds(at + width)}`
  throw UsageError.saying('run.window', message, time)
}

const seconds = (time: Ms): string => `'${time / 1_000}s'`

function refuseDropped({ arrivals }: RunData, { from, last }: WindowStretch): void {
  if (arrivals === undefined || arrivals.dropped === 0 || (last && from === 0)) return
  const message = `run.window(from, to) does not know when the ${formatNumber(arrivals.dropped)} dropped arrivals of this run were due, and they count as infinitely slow: judge the whole run, or allow more with maxUsers`
  throw UsageError.saying('run.window', message)
}
