import { bucketMiddle } from '../stats/bucket.ts'
import { EMPTY_HISTOGRAM, type HistogramData } from '../stats/histogram.ts'
import type { WindowsOf } from '../metrics/assemble.ts'
import { joinCells, sumOf, type Cell } from '../metrics/cell.ts'
import { failuresIn, type OutcomeKind } from '../metrics/outcome.ts'
import type { RecorderState } from '../metrics/recorded.ts'
import type { SeriesState } from '../metrics/series-data.ts'
import type { Window } from '../metrics/timeline.ts'
import type { Ms } from '../units/units.ts'
import { addPairs } from '../stats/pairs.ts'

/** A chart tells 60 apart. */
const MOST_WINDOWS = 200
/** For what is told of the last seconds. */
const LAST_WINDOWS = 30

/** One look at a phase: what it had recorded by then. */
export interface Look {
  /** From the start of the phase. */
  readonly to: Ms
  readonly users: number
  readonly state: RecorderState
}

/** The windows of a phase, made of the looks at it: what a series has more than at the look before. */
export class Course {
  readonly #windows = new Map<string, Window[]>()
  #last: Look | undefined

  add(look: Look): void {
    const at = this.#last?.to ?? 0
    const users = Math.max(look.users, this.#last?.users ?? 0)
    const before = new Map(this.#last && seriesOf(this.#last.state))
    for (const [key, series] of seriesOf(look.state)) {
      if (before.get(key) === series) continue
      const cell = cellOf(before.get(key), series)
      this.#put(key, { at, width: look.to - at, users, ...cell })
    }
    this.#last = look
  }

  /** What each operation did since then, by the looks that began then or later. */
  operationsSince(from: Ms): readonly { readonly name: string; readonly cell: Cell }[] {
    return (this.#last?.state.operations ?? []).flatMap(({ name }) => {
      const recent = (this.#windows.get(`operation ${name}`) ?? []).filter(
        // Looks are not quite on the second.
        ({ at, width }) => at + width / 2 >= from,
      )
      return recent.length === 0 ? [] : [{ name, cell: joinCells(recent) }]
    })
  }

  /** Joins older windows with their neighbours when there are many. The last ones stay as they are. */
  coarsen(): void {
    const length = this.#last?.to ?? 0
    for (const [key, windows] of this.#windows) {
      if (windows.length > MOST_WINDOWS) this.#windows.set(key, coarser(windows, length))
    }
  }

  /** How many windows it keeps, of all series. */
  get size(): number {
    return [...this.#windows.values()].reduce((sum, { length }) => sum + length, 0)
  }

  /** Of the state of the last look. */
  get windowsOf(): WindowsOf {
    const keys = new Map(
      this.#last && seriesOf(this.#last.state).map(([key, series]) => [series, key]),
    )
    return (wanted) =>
      together(wanted.flatMap((series) => this.#windows.get(keys.get(series) ?? '') ?? []))
  }

  /** What came after the end of the phase is of its last window. */
  #put(key: string, window: Window): void {
    const all = this.#windows.get(key) ?? []
    this.#windows.set(key, all)
    const last = all.at(-1)
    if (window.width > 0 || last === undefined)
      all.push({ ...window, width: Math.max(window.width, 1) })
    else all[all.length - 1] = { ...last, ...joinCells([last, window]) }
  }
}

function seriesOf({
  operations,
  groups,
  iterations,
  ownFailures,
}: RecorderState): [string, SeriesState][] {
  return [
    ...operations.map((series): [string, SeriesState] => [`operation ${series.name}`, series]),
    ...groups.map((series): [string, SeriesState] => [`group ${series.name}`, series]),
    ['iterations', iterations],
    ['own failures', ownFailures],
  ]
}

function cellOf(before: SeriesState | undefined, now: SeriesState): Cell {
  const [past, present] = [countsOf(before), countsOf(now)]
  const tokens = sumOf([now.tokens?.count, before?.tokens && -before.tokens.count])
  return {
    ok: present.ok - past.ok,
    failed: present.failed - past.failed,
    aborted: present.aborted - past.aborted,
    latency: since(before?.latency ?? EMPTY_HISTOGRAM, now.latency),
    ...(tokens !== undefined && tokens > 0 && { tokens }),
  }
}

function countsOf(series: SeriesState | undefined): Omit<Cell, 'latency' | 'tokens'> {
  const outcomes = new Map(Object.entries(series?.outcomes ?? {}) as [OutcomeKind, number][])
  const all = [...outcomes.values()].reduce((sum, each) => sum + each, 0)
  const [ok, failed] = [outcomes.get('ok') ?? 0, failuresIn(outcomes)]
  return { ok, failed, aborted: all - ok - failed }
}

/** What a histogram has more than before; its ends are those of its buckets. */
function since(before: HistogramData, now: HistogramData): HistogramData {
  const buckets = addPairs(now.buckets, before.buckets, -1)
  const [first, last] = [buckets[0], buckets.at(-2)]
  if (first === undefined || last === undefined) return EMPTY_HISTOGRAM
  const within = (value: number): number =>
    Math.min(Math.max(value, now.min ?? 0), now.max ?? Infinity)
  const [count, sum] = [now.count - before.count, now.sum - before.sum]
  return { count, sum, min: within(bucketMiddle(first)), max: within(bucketMiddle(last)), buckets }
}

/** On one grid, whatever the series, so that those of several can be put together. */
function coarser(windows: readonly Window[], length: Ms): Window[] {
  const grid = 1_000 * 2 ** Math.ceil(Math.log2(length / 1_000 / (MOST_WINDOWS / 2)))
  const groups = Map.groupBy(windows.slice(0, -LAST_WINDOWS), ({ at }) => Math.floor(at / grid))
  return [...groups.values()].map(asOne).concat(windows.slice(-LAST_WINDOWS))
}

function asOne(windows: readonly Window[]): Window {
  const [first, last] = [windows[0], windows.at(-1)] as [Window, Window]
  const users = Math.max(...windows.map((window) => window.users ?? 0))
  return { at: first.at, width: last.at + last.width - first.at, users, ...joinCells(windows) }
}

/** Windows of one time as one. */
function together(windows: readonly Window[]): readonly Window[] {
  const byTime = Map.groupBy(
    windows.toSorted((left, right) => left.at - right.at),
    ({ at }) => at,
  )
  return [...byTime.values()].map((same) => {
    const width = Math.max(...same.map((window) => window.width))
    return { ...(same[0] as Window), width, ...joinCells(same) }
  })
}
