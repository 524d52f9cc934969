import { Histogram } from '../stats/histogram.ts'
import { distribution, type Distribution } from './distribution.ts'

/** A metric of the suite's own, or what it is under one value of a tag, as plain data. */
export type MetricFigures =
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

export type MetricKind = MetricFigures['kind']

export type Store =
  | { readonly kind: 'timing'; readonly histogram: Histogram }
  | { readonly kind: 'counter'; total: number }
  | { readonly kind: 'gauge'; last: number; min: number; max: number }
  | { readonly kind: 'rate'; hits: number; total: number }

export function emptyStore(kind: MetricKind): Store {
  switch (kind) {
    case 'timing':
      return { kind, histogram: new Histogram() }
    case 'counter':
      return { kind, total: 0 }
    case 'gauge':
      return { kind, last: 0, min: Infinity, max: -Infinity }
    case 'rate':
      return { kind, hits: 0, total: 0 }
    default:
      return kind satisfies never
  }
}

/** Adds a value; of a rate 1 is a hit and 0 is none. */
export function addTo(store: Store, value: number): void {
  switch (store.kind) {
    case 'timing':
      store.histogram.record(value)
      break
    case 'counter':
      store.total += value
      break
    case 'gauge':
      store.last = value
      store.min = Math.min(store.min, value)
      store.max = Math.max(store.max, value)
      break
    case 'rate':
      store.total++
      store.hits += value
      break
    default:
      store satisfies never
  }
}

export function figuresOf(name: string, store: Store): MetricFigures {
  switch (store.kind) {
    case 'timing':
      return { kind: 'timing', name, values: distribution(name, store.histogram.data()) }
    case 'counter':
      return { kind: 'counter', name, total: store.total }
    case 'gauge': {
      const { kind, last, min, max } = store
      return { kind, name, last, min, max }
    }
    case 'rate': {
      const { kind, hits, total } = store
      return { kind, name, hits, total, ratio: hits / total }
    }
    default:
      return store satisfies never
  }
}
