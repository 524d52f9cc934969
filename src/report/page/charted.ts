import type { Ms } from '../../units/units.ts'

/** `null` where nothing is known. */
export type Values = readonly (number | null)[]

/** A stretch of the time axis. */
export interface Band {
  readonly name: string
  readonly from: Ms
  readonly to: Ms
}

/** A horizontal line that a figure should not cross. */
export interface LimitLine {
  /** `p95` */
  readonly metric: string
  readonly value: number
  readonly unit: string
  /** The operation that it is of; the empty name is the whole load. */
  readonly of: string
}

/** On the epochs of the load. */
export interface Course {
  /** By name: `p50`, `p95`. */
  readonly percentiles: Readonly<Record<string, Values>>
  /** Per second. */
  readonly ok: Values
  readonly failed: Values
  readonly tokens?: Values | undefined
}

/** How latencies are spread; the second of each is the baseline's. */
export interface Shape {
  readonly histogram: Outlines
  readonly curves: readonly Curve[]
}

/** Several histograms on the same bins. `counts[i][j]` lies between `edges[j]` and `edges[j + 1]`. */
export interface Outlines {
  readonly edges: readonly Ms[]
  /** Shares of all, 0–1. */
  readonly shares: readonly (readonly number[])[]
}

/** `[nines, ms]`: 1 nine is p90, 2 are p99, 0.301 is the median. */
export type Curve = readonly (readonly [nines: number, value: Ms])[]

/** A course over time with its own stamps. */
export interface Line {
  readonly at: readonly Ms[]
  readonly values: readonly number[]
}

/** What charts over time need of a load, be it over or under way. */
export interface ChartedLoad {
  readonly bands: readonly Band[]
  /** What was done in the middle of it. */
  readonly marks: readonly Mark[]
  /** Those of every course, from the start of the load. */
  readonly epochs: Epochs
  readonly users: Values
  readonly limits: readonly LimitLine[]
}

export interface Mark {
  readonly at: Ms
  readonly text: string
}

export interface Epochs {
  readonly at: readonly Ms[]
  readonly width: readonly Ms[]
}

/** What charts need of an operation. */
export interface ChartedOperation {
  readonly name: string
  readonly p50: Ms | null
  readonly p95: Ms | null
  readonly p99: Ms | null
  readonly course?: Course | undefined
  readonly shape?: Shape | undefined
}
