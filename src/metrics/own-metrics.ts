import { UsageError } from '../errors/usage-error.ts'
import { Histogram } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { distribution, type Distribution } from './distribution.ts'

/** A metric of the suite's own, as plain data. */
export type MetricSummary =
  | { readonly kind: 'timing'; readonly name: string; readonly values: Distribution }
  | { readonly kind: 'counter'; readonly name: string; readonly total: number }
  | {
      readonly kind: 'gauge'
      readonly name: string
      readonly last: number
      readonly min: number
      readonly max: number
    }
  | {
      readonly kind: 'rate'
      readonly name: string
      readonly hits: number
      readonly total: number
      readonly ratio: number
    }

/** What a test records besides the operations that are timed by themselves. */
export interface Metrics {
  /** A time in milliseconds. */
  timing(name: string, ms: Ms): void
  /** Adds to a count; 1 when nothing is said. */
  count(name: string, add?: number): void
  /** A level: the last, least and greatest value are kept. */
  gauge(name: string, value: number): void
  /** A share: how often `hit` was true. */
  rate(name: string, hit: boolean): void
}

type Store =
  | { kind: 'timing'; histogram: Histogram }
  | { kind: 'counter'; total: number }
  | { kind: 'gauge'; last: number; min: number; max: number }
  | { kind: 'rate'; hits: number; total: number }

/** Metrics of the suite's own. A name has one kind for the whole run. */
export class OwnMetrics implements Metrics {
  readonly #stores = new Map<string, Store>()

  timing(name: string, ms: Ms): void {
    finite(name, ms)
    this.#store(name, 'timing', () => ({
      kind: 'timing',
      histogram: new Histogram(),
    })).histogram.record(ms)
  }

  count(name: string, add = 1): void {
    finite(name, add)
    this.#store(name, 'counter', () => ({ kind: 'counter', total: 0 })).total += add
  }

  gauge(name: string, value: number): void {
    finite(name, value)
    const fresh = (): Store & { kind: 'gauge' } => ({
      kind: 'gauge',
      last: value,
      min: value,
      max: value,
    })
    const store = this.#store(name, 'gauge', fresh)
    store.last = value
    store.min = Math.min(store.min, value)
    store.max = Math.max(store.max, value)
  }

  rate(name: string, hit: boolean): void {
    const store = this.#store(name, 'rate', () => ({ kind: 'rate', hits: 0, total: 0 }))
    store.total++
    if (hit) store.hits++
  }

  data(): readonly MetricSummary[] {
    return [...this.#stores].map(([name, store]) => summarize(name, store))
  }

  #store<K extends Store['kind']>(
    name: string,
    kind: K,
    make: () => Extract<Store, { kind: K }>,
  ): Extract<Store, { kind: K }> {
    const known = this.#stores.get(name)
    if (known === undefined) {
      const made = make()
      this.#stores.set(name, made)
      return made
    }
    if (isKind(known, kind)) return known
    throw new UsageError(
      `metrics.${kind}(${JSON.stringify(name)})`,
      `one kind of metric, it is a ${known.kind} already`,
    )
  }
}

function isKind<K extends Store['kind']>(
  store: Store,
  kind: K,
): store is Extract<Store, { kind: K }> {
  return store.kind === kind
}

function finite(name: string, value: number): void {
  if (!Number.isFinite(value))
    throw new UsageError(`metric ${JSON.stringify(name)}`, 'a finite number', value)
}

function summarize(name: string, store: Store): MetricSummary {
  switch (store.kind) {
    case 'timing':
      return { kind: 'timing', name, values: distribution(name, store.histogram.data()) }
    case 'counter':
      return { kind: 'counter', name, total: store.total }
    case 'gauge':
      return { kind: 'gauge', name, last: store.last, min: store.min, max: store.max }
    case 'rate':
      return {
        kind: 'rate',
        name,
        hits: store.hits,
        total: store.total,
        ratio: store.hits / store.total,
      }
    default:
      return store satisfies never
  }
}
