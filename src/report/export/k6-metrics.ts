import type { RunData } from '../../load/load-run.ts'
import type { OperationSummary } from '../../metrics/summary.ts'
import type { Ms } from '../../units/units.ts'
import { cleanText } from '../clean-text.ts'
import { counter, gauge, ownMetric, rate, trend, type K6Metric } from './k6-metric.ts'
import type { K6Metrics } from './k6-thresholds.ts'

type Entry = readonly [name: string, metric: K6Metric | undefined]

/** The metrics of a load under k6's names; what nothing is known of is left out. */
export const k6Metrics = (run: RunData): K6Metrics =>
  Object.fromEntries(
    [
      ...requestsOf(run),
      ...iterationsOf(run),
      ...usersOf(run),
      ...checksAndGroups(run),
      ...socketsOf(run),
      ...ownOf(run),
    ].filter((entry): entry is readonly [string, K6Metric] => entry[1] !== undefined),
  )

/** All together, then each under its name. An iteration that failed by itself is no request. */
function requestsOf({ requests, ownFailures, duration, ...run }: RunData): readonly Entry[] {
  if (requests.length === 0) return []
  const whole = { ...run, count: run.count - ownFailures, failed: run.failed - ownFailures }
  return [
    ...requestEntries(whole, duration, ''),
    ...requests.flatMap((each) => requestEntries(each, duration, `{name:${cleanText(each.name)}}`)),
  ]
}

type Figures = Pick<OperationSummary, 'count' | 'failed' | 'latency' | 'ttfb' | 'ttft' | 'ttct'>

const requestEntries = (figures: Figures, duration: Ms, tag: string): readonly Entry[] => [
  [`http_reqs${tag}`, counter(figures.count, duration)],
  [`http_req_duration${tag}`, trend(figures.latency)],
  [`http_req_waiting${tag}`, trend(figures.ttfb)],
  [`http_req_failed${tag}`, rate(figures.failed, figures.count)],
  [`ttft${tag}`, trend(figures.ttft)],
  [`ttct${tag}`, trend(figures.ttct)],
]

const iterationsOf = ({ iterations, arrivals, duration }: RunData): readonly Entry[] => [
  ['iterations', counter(iterations.count, duration)],
  ['iteration_duration', trend(iterations.latency)],
  ['dropped_iterations', arrivals && counter(arrivals.dropped, duration)],
]

function usersOf({ timeline, shape }: RunData): readonly Entry[] {
  const users = timeline.flatMap((window) => (window.users === undefined ? [] : [window.users]))
  const last = users.at(-1)
  return [
    ['vus', last === undefined ? undefined : gauge(last, Math.min(...users), Math.max(...users))],
    ['vus_max', gauge(shape.users)],
  ]
}

function checksAndGroups({ checks, groups }: RunData): readonly Entry[] {
  const sum = (of: 'passed' | 'total'): number => checks.reduce((all, check) => all + check[of], 0)
  return [
    ['checks', checks.length === 0 ? undefined : rate(sum('passed'), sum('total'))],
    ...groups.map(({ name, latency }): Entry => {
      const path = name.split(' › ').map((each) => `::${cleanText(each)}`)
      return [`group_duration{group:${path.join('')}}`, trend(latency)]
    }),
  ]
}

function socketsOf({ sockets: { opened, sent, received }, duration }: RunData): readonly Entry[] {
  const some = (count: number): K6Metric | undefined =>
    count === 0 ? undefined : counter(count, duration)
  return [
    ['ws_sessions', some(opened)],
    ['ws_msgs_sent', some(sent.count)],
    ['ws_msgs_received', some(received.count)],
  ]
}

const ownOf = ({ metrics, duration }: RunData): readonly Entry[] =>
  metrics.flatMap(({ tagged = [], ...metric }) => {
    const name = cleanText(metric.name)
    const tags = tagged.map(({ tag, value, ...each }): Entry => [
      `${name}{${cleanText(tag)}:${cleanText(value)}}`,
      ownMetric(each, duration),
    ])
    return [[name, ownMetric(metric, duration)] satisfies Entry, ...tags]
  })
