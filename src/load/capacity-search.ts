import type { Ratio } from '../units/units.ts'

/** What is searched: the highest load that meets the limits. */
export interface SearchSpec {
  /** Loads from the least to the most, users or iterations per second. */
  readonly from: number
  readonly to: number
  /** How near to each other the ends of the interval come. */
  readonly within: Ratio
  /** Runs that must all say the same at an end of the interval. */
  readonly confirm: number
  /** Loads are whole: users. */
  readonly whole: boolean
}

/** How one run at a load ended; `void` tells nothing of the service: the generator was too slow. */
export interface Outcome {
  readonly load: number
  readonly outcome: 'met' | 'missed' | 'void'
}

/** Why a load is tried. */
export type SearchStage = 'climb' | 'narrow' | 'confirm'

/**
 * How a search ended. `found`: both ends. `to`: the most that was to be tried was met. `from`: even the
 * least was missed. `generator`: it could not generate more. `unsettled`: runs went on to differ.
 */
export type SearchEnding = 'found' | 'to' | 'from' | 'generator' | 'unsettled'

export type SearchStep =
  | { readonly kind: 'try'; readonly load: number; readonly stage: SearchStage }
  | { readonly kind: 'end'; readonly ending: SearchEnding }

/** What is known of one load. */
interface Tried {
  readonly load: number
  readonly met: number
  readonly missed: number
  readonly voids: number
}

/** A saturated generator is given so many chances at a load. */
const MOST_VOIDS = 2
/** Runs of a search that goes to and fro, beyond those that confirm. */
const MOST_RUNS = 40

/**
 * What a search does next, by what it has found: it doubles the load until one misses, halves what is
 * between (by the ratio) until that is narrow enough, and then runs both ends again until as many runs as
 * asked for say the same of each. An end at which runs differ is passed over for the next one outwards.
 */
export function nextStep(outcomes: readonly Outcome[], spec: SearchSpec): SearchStep {
  const tried = tally(outcomes)
  if (outcomes.length >= MOST_RUNS + 2 * spec.confirm) return { kind: 'end', ending: 'unsettled' }
  const blocked = tried.find(({ met, missed, voids }) => voids >= MOST_VOIDS && met + missed === 0)
  const hi = tried.find(isMissed)
  const lo = tried.findLast((each) => isMet(each) && each.load < (hi?.load ?? Infinity))
  if (lo === undefined) return fromBelow(hi, blocked, spec)
  if (hi === undefined) {
    const top =
      lo.load >= spec.to
        ? 'to'
        : blocked !== undefined && blocked.load > lo.load
          ? 'generator'
          : undefined
    if (top !== undefined) return confirmLow(tried, Infinity, spec) ?? { kind: 'end', ending: top }
    return { kind: 'try', load: Math.min(2 * lo.load, spec.to), stage: 'climb' }
  }
  if (!isNarrow(lo.load, hi.load, spec)) {
    return { kind: 'try', load: between(lo.load, hi.load, spec), stage: 'narrow' }
  }
  return (
    confirmLow(tried, hi.load, spec) ??
    confirmHigh(tried, lo.load, spec) ?? { kind: 'end', ending: 'found' }
  )
}

/** Where nothing was met yet. */
function fromBelow(
  hi: Tried | undefined,
  blocked: Tried | undefined,
  { from, confirm }: SearchSpec,
): SearchStep {
  if (blocked?.load === from) return { kind: 'end', ending: 'generator' }
  if (hi?.load === from && hi.met === 0 && hi.missed >= confirm)
    return { kind: 'end', ending: 'from' }
  return { kind: 'try', load: from, stage: hi === undefined ? 'climb' : 'confirm' }
}

/** The next run that the lower end needs; `undefined` when it is sure. */
function confirmLow(
  tried: readonly Tried[],
  below: number,
  spec: SearchSpec,
): SearchStep | undefined {
  const under = tried.filter(({ load, met, missed }) => load < below && met + missed > 0)
  const clean = under.findLast(({ missed }) => missed === 0)
  const mixed = under.find(({ load, missed }) => missed > 0 && load > (clean?.load ?? 0))
  // Loads whose runs differ are passed over, one step of the interval each.
  const next =
    mixed === undefined
      ? undefined
      : Math.max(spec.from, snap(mixed.load / (1 + spec.within), spec, 'down'))
  if (next !== undefined && next < (mixed?.load ?? 0) && next > (clean?.load ?? 0)) {
    return { kind: 'try', load: next, stage: 'confirm' }
  }
  if (clean === undefined) return undefined
  return clean.met < spec.confirm ? { kind: 'try', load: clean.load, stage: 'confirm' } : undefined
}

/** The same of the upper end. */
function confirmHigh(
  tried: readonly Tried[],
  above: number,
  spec: SearchSpec,
): SearchStep | undefined {
  const over = tried.filter(({ load, met, missed }) => load > above && met + missed > 0)
  const clean = over.find(({ met }) => met === 0)
  const mixed = over.findLast(({ load, met }) => met > 0 && load < (clean?.load ?? Infinity))
  const next =
    mixed === undefined
      ? undefined
      : Math.min(spec.to, snap(mixed.load * (1 + spec.within), spec, 'up'))
  if (next !== undefined && next > (mixed?.load ?? 0) && next < (clean?.load ?? Infinity)) {
    return { kind: 'try', load: next, stage: 'confirm' }
  }
  if (clean === undefined) return undefined
  return clean.missed < spec.confirm
    ? { kind: 'try', load: clean.load, stage: 'confirm' }
    : undefined
}

/** Between what the capacity lies, and how many runs say so; 0 when nothing was met. */
export interface SearchInterval {
  readonly lower: number
  readonly lowerRuns: number
  /** `undefined` when nothing was missed. */
  readonly upper: number | undefined
  readonly upperRuns: number
}

/** What the runs so far say: the highest load that all its runs met, the lowest above that all missed. */
export function intervalOf(outcomes: readonly Outcome[]): SearchInterval {
  const tried = tally(outcomes).filter(({ met, missed }) => met + missed > 0)
  const hi = tried.find(isMissed)
  const low = tried.findLast(
    ({ load, met, missed }) => missed === 0 && met > 0 && load < (hi?.load ?? Infinity),
  )
  const high = tried.find(({ load, met }) => met === 0 && load > (low?.load ?? 0))
  return {
    lower: low?.load ?? 0,
    lowerRuns: low?.met ?? 0,
    upper: high?.load,
    upperRuns: high?.missed ?? 0,
  }
}

/** Loads in order. */
function tally(outcomes: readonly Outcome[]): readonly Tried[] {
  const byLoad = Map.groupBy(outcomes, ({ load }) => load)
  const count = (of: readonly Outcome[], what: Outcome['outcome']): number =>
    of.filter(({ outcome }) => outcome === what).length
  return [...byLoad]
    .map(([load, of]) => ({
      load,
      met: count(of, 'met'),
      missed: count(of, 'missed'),
      voids: count(of, 'void'),
    }))
    .toSorted((left, right) => left.load - right.load)
}

const isMet = ({ met, missed }: Tried): boolean => met > missed
const isMissed = ({ met, missed }: Tried): boolean => missed > met

const isNarrow = (lo: number, hi: number, { within, whole }: SearchSpec): boolean =>
  hi / lo <= 1 + within + 1e-9 || (whole && hi - lo <= 1)

/** In the middle by the ratio, and really between them. */
function between(lo: number, hi: number, spec: SearchSpec): number {
  const middle = snap(Math.sqrt(lo * hi), spec, 'down')
  return middle > lo ? middle : snap((lo + hi) / 2, spec, 'up')
}

/** Users are whole, rates have four digits. */
function snap(load: number, { whole }: SearchSpec, way: 'up' | 'down'): number {
  const step = whole ? 1 : 10 ** (Math.floor(Math.log10(load)) - 3)
  const steps = Number((load / step).toPrecision(12))
  return Number(((way === 'up' ? Math.ceil(steps) : Math.floor(steps)) * step).toPrecision(12))
}
