import { mergeHistograms } from '../stats/histogram.ts'
import type { CheckSummary } from './checks.ts'
import { distribution } from './distribution.ts'
import type { ErrorGroup } from './error-groups.ts'
import type { MetricFigures } from './metric-store.ts'
import type { MetricSummary, TaggedMetric } from './own-metrics.ts'

/** Metrics of several recordings as one's: those of one name together. */
export function joinMetrics(all: readonly (readonly MetricSummary[])[]): readonly MetricSummary[] {
  return byName(all.flat()).map((parts) => {
    const tagged = byName(parts.flatMap((part) => part.tagged ?? [])).map(
      (values): TaggedMetric => ({
        ...joinFigures(values),
        tag: values[0].tag,
        value: values[0].value,
      }),
    )
    return { ...joinFigures(parts), ...(tagged.length > 0 && { tagged }) }
  })
}

type Some<T> = readonly [T, ...T[]]

const byName = <T extends { readonly name: string }>(all: readonly T[]): Some<T>[] =>
  [...Map.groupBy(all, ({ name }) => name).values()] as (T[] & Some<T>)[]

function joinFigures(parts: Some<MetricFigures>): MetricFigures {
  const [{ kind, name }] = parts
  switch (kind) {
    case 'timing': {
      const all = ofKind(parts, 'timing').map(({ values }) => values.histogram)
      return { kind, name, values: distribution(name, mergeHistograms(all)) }
    }
    case 'counter':
      return { kind, name, total: sum(ofKind(parts, 'counter').map(({ total }) => total)) }
    case 'gauge': {
      const all = ofKind(parts, 'gauge')
      const last = all.at(-1)?.last ?? 0
      const [min, max] = [all.map((each) => each.min), all.map((each) => each.max)]
      return { kind, name, last, min: Math.min(...min), max: Math.max(...max) }
    }
    case 'rate': {
      const all = ofKind(parts, 'rate')
      const [hits, total] = [sum(all.map((each) => each.hits)), sum(all.map((each) => each.total))]
      return { kind, name, hits, total, ratio: hits / total }
    }
    default:
      return kind satisfies never
  }
}

/** A name that changed its kind from one recording to the next keeps the first. */
const ofKind = <K extends MetricFigures['kind']>(parts: readonly MetricFigures[], kind: K) =>
  parts.filter((part): part is MetricFigures & { readonly kind: K } => part.kind === kind)

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0)

/** Checks of several recordings as one's. */
export const joinChecks = (all: readonly (readonly CheckSummary[])[]): readonly CheckSummary[] =>
  byName(all.flat()).map((parts): CheckSummary => {
    const [passed, failed] = [
      sum(parts.map((each) => each.passed)),
      sum(parts.map((each) => each.failed)),
    ]
    const first = parts.find((part) => part.first !== undefined)?.first
    const { kind, name } = parts[0]
    const counts = { passed, failed, total: passed + failed, rate: passed / (passed + failed) }
    return { kind, name, ...counts, ...(first !== undefined && { first }) }
  })

/** Errors of several recordings as one's, the commonest first. */
export function joinErrors(all: readonly (readonly ErrorGroup[])[]): readonly ErrorGroup[] {
  const alike = Map.groupBy(all.flat(), ({ kind, name, message }) => `${kind} ${name} ${message}`)
  return [...alike.values()]
    .flatMap(([first, ...others]): ErrorGroup[] =>
      first === undefined
        ? []
        : [{ ...first, count: first.count + sum(others.map(({ count }) => count)) }],
    )
    .toSorted((left, right) => right.count - left.count)
}
