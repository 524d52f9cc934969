import type { Verdict } from '../../limits/verdict.ts'
import { cleanText } from '../clean-text.ts'
import { gauge, type K6Metric } from './k6-metric.ts'

export type K6Metrics = Readonly<Record<string, K6Metric>>

/** The metrics with the limits that were set on them, under the metric of k6 that has the same figure. */
export function withThresholds(metrics: K6Metrics, verdicts: readonly Verdict[]): K6Metrics {
  const all: Record<string, K6Metric> = { ...metrics }
  for (const verdict of verdicts) {
    // Its limit is a change, for which k6 has no threshold.
    if (verdict.baseline !== undefined) continue
    const { metric, source } = placeOf(verdict, metrics)
    const found = all[metric] ?? valueOf(verdict)
    const ok = verdict.status === 'pass' && (found.thresholds?.[source]?.ok ?? true)
    all[metric] = { ...found, thresholds: { ...found.thresholds, [source]: { ok } } }
  }
  return all
}

interface Place {
  readonly metric: string
  /** `p(95)<=300`, in k6's grammar. Limits here are inclusive. */
  readonly source: string
}

function placeOf(verdict: Verdict, metrics: K6Metrics): Place {
  const found = NAMES.flatMap(([pattern, name, aggregate]) => {
    const [, p = '', of = ''] = pattern.exec(verdict.subject) ?? []
    if (of === '') return []
    const whole = WHOLE.test(of) ? name : `${name}{name:${cleanText(of)}}`
    return whole in metrics ? [{ metric: whole, source: aggregate(p) }] : []
  })[0]
  const comparison = sign(verdict)
  if (found === undefined) {
    return { metric: slug(verdict.subject), source: `value${comparison}${verdict.limit}` }
  }
  const { metric, source } = found
  const negates = verdict.metric === 'successRate'
  // Without this, 1 − 0.99 is 0.010000000000000009.
  const limit = negates ? Number((1 - verdict.limit).toPrecision(12)) : verdict.limit
  return { metric, source: `${source}${negates ? mirrored(comparison) : comparison}${limit}` }
}

/** Under `.not` the opposite is asked for. */
const sign = ({ operator, negated }: Verdict): string =>
  operator === 'at most' ? (negated ? '>' : '<=') : negated ? '<' : '>='

const mirrored = (comparison: string): string =>
  comparison.replace(/[<>]/, (each) => (each === '<' ? '>' : '<'))

/** What a subject says, the metric of k6 for it, and its figure. */
const NAMES: readonly (readonly [RegExp, string, (p: string) => string])[] = [
  [
    /^p(\d+(?:\.\d+)?) latency of (.+)$/,
    'http_req_duration',
    (p) => (p === '50' ? 'med' : `p(${p})`),
  ],
  [/^(mean) latency of (.+?)(?: \(successes\))?$/, 'http_req_duration', () => 'avg'],
  [/^(max) latency of (.+?)(?: \(successes\))?$/, 'http_req_duration', () => 'max'],
  [/^p(\d+(?:\.\d+)?) TTFT of (.+)$/, 'ttft', (p) => (p === '50' ? 'med' : `p(${p})`)],
  [/^p(\d+(?:\.\d+)?) TTCT of (.+)$/, 'ttct', (p) => (p === '50' ? 'med' : `p(${p})`)],
  [/^((?:success|error) rate) of (.+)$/, 'http_req_failed', () => 'rate'],
]

/** How a subject calls all requests of a load. */
const WHOLE = /^(?:run|all requests|the run)$/

/** A limit on what k6 has no metric for: its figure as a gauge of its own. */
const valueOf = ({ measured }: Verdict): K6Metric =>
  typeof measured === 'number'
    ? gauge(measured)
    : { type: 'gauge', contains: 'default', values: {} }

const slug = (subject: string): string =>
  cleanText(subject)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 128) || 'limit'
