import { UsageError } from '../errors/usage-error.ts'
import type { Ms } from '../units/units.ts'
import {
  addTo,
  emptyStore,
  figuresOf,
  type MetricFigures,
  type MetricKind,
  type Store,
} from './metric-store.ts'

/** What a value belongs to: `{ page: 'home' }`. */
export type MetricTags = Readonly<Record<string, string | number | boolean>>

/** A metric under one value of one tag; its name is `render{page:home}`. */
export type TaggedMetric = MetricFigures & { readonly tag: string; readonly value: string }

/** A metric of the suite's own, as plain data. */
export type MetricSummary = MetricFigures & {
  /** The same by each value of each tag; absent when no value had one. */
  readonly tagged?: readonly TaggedMetric[] | undefined
}

/** What a test records besides the operations that are timed by themselves. */
export interface Metrics {
  /** A time in milliseconds. */
  timing(name: string, ms: Ms, tags?: MetricTags): void
  /** Adds to a count; 1 when nothing is said. */
  count(name: string, add?: number, tags?: MetricTags): void
  /** A level: the last, least and greatest value are kept. */
  gauge(name: string, value: number, tags?: MetricTags): void
  /** A share: how often `hit` was true. */
  rate(name: string, hit: boolean, tags?: MetricTags): void
}

/** What stands for the values of a tag that came when there were enough of them. */
export const OTHERS = '(others)'
/** Values of tags told apart in one metric. */
export const MOST_VALUES = 100

interface Metric {
  readonly whole: Store
  readonly tagged: Map<
    string,
    { readonly tag: string; readonly value: string; readonly store: Store }
  >
}

/** Metrics of the suite's own. A name has one kind for the whole run. */
export class OwnMetrics implements Metrics {
  readonly #metrics = new Map<string, Metric>()

  timing(name: string, ms: Ms, tags?: MetricTags): void {
    this.#add('timing', name, finite(name, ms), tags)
  }

  count(name: string, add = 1, tags?: MetricTags): void {
    this.#add('counter', name, finite(name, add), tags)
  }

  gauge(name: string, value: number, tags?: MetricTags): void {
    this.#add('gauge', name, finite(name, value), tags)
  }

  rate(name: string, hit: boolean, tags?: MetricTags): void {
    this.#add('rate', name, hit ? 1 : 0, tags)
  }

  data(): readonly MetricSummary[] {
    return [...this.#metrics].map(([name, { whole, tagged }]) => ({
      ...figuresOf(name, whole),
      ...(tagged.size > 0 && {
        tagged: [...tagged.values()].map(({ tag, value, store }) => ({
          ...figuresOf(`${name}{${tag}:${value}}`, store),
          tag,
          value,
        })),
      }),
    }))
  }

  #add(kind: MetricKind, name: string, value: number, tags: MetricTags | undefined): void {
    const metric = this.#metric(name, kind)
    addTo(metric.whole, value)
    if (tags === undefined) return
    for (const [tag, of] of Object.entries(tags)) addTo(storeOf(metric, tag, String(of)), value)
  }

  #metric(name: string, kind: MetricKind): Metric {
    const known = this.#metrics.get(name)
    if (known === undefined) {
      const made = { whole: emptyStore(kind), tagged: new Map() }
      this.#metrics.set(name, made)
      return made
    }
    if (known.whole.kind === kind) return known
    throw new UsageError(
      `metrics.${kind}(${JSON.stringify(name)})`,
      `one kind of metric, it is a ${known.whole.kind} already`,
    )
  }
}

/** The store of a value of a tag; the first hundred of a metric have their own. */
function storeOf({ whole, tagged }: Metric, tag: string, value: string): Store {
  const known = tagged.get(`${tag}:${value}`)
  if (known !== undefined) return known.store
  if (tagged.size >= MOST_VALUES && value !== OTHERS) return storeOf({ whole, tagged }, tag, OTHERS)
  const store = emptyStore(whole.kind)
  tagged.set(`${tag}:${value}`, { tag, value, store })
  return store
}

function finite(name: string, value: number): number {
  if (Number.isFinite(value)) return value
  throw new UsageError(`metric ${JSON.stringify(name)}`, 'a finite number', value)
}
