import { z } from 'zod'
import { count, distribution, intervals, ms, text } from './figures.ts'

const perSecond = z.number()

const tokens = z
  .object({
    count,
    source: text,
    streams: count,
    chunks: count,
    perChunk: z.number(),
    perSecond: perSecond.optional(),
    perUser: z.object({
      count: count.optional(),
      mean: perSecond.optional(),
      min: perSecond.optional(),
      p5: perSecond.optional(),
      p50: perSecond.optional(),
      p95: perSecond.optional(),
      max: perSecond.optional(),
    }),
    buffered: z.object({ count, of: count }),
  })
  .meta({ id: 'tokens' })

const course = z
  .object({
    ok: z.array(count),
    failed: z.array(count),
    p50: z.array(ms.nullable()),
    p95: z.array(ms.nullable()),
    tokens: z.array(count).optional(),
  })
  .meta({ id: 'course', description: 'One entry for each stretch of the timeline of the run' })

export const operation = z
  .object({
    name: text,
    count: count.meta({ description: 'ok + failed' }),
    ok: count,
    failed: count,
    aborted: count,
    outcomes: z.record(text, count),
    successRate: z.number().optional(),
    errorRate: z.number().optional(),
    throughput: perSecond.optional(),
    latency: distribution.optional(),
    intervals: intervals.optional(),
    service: distribution.optional(),
    ttfb: distribution.optional(),
    cold: distribution.optional(),
    ttft: distribution.optional(),
    ttfo: distribution.optional(),
    ttst: distribution.optional(),
    ttct: distribution.optional(),
    gap: distribution.optional(),
    tpot: distribution.optional(),
    stopLatency: distribution.optional(),
    tokens: tokens.optional(),
    course: course.optional(),
  })
  .meta({ id: 'operation' })

const request = operation
  .extend({ tags: z.array(text).optional(), parts: z.array(operation) })
  .meta({ id: 'request', description: 'A named operation, with those that it consists of' })

const failure = z.object({
  kind: text,
  message: text,
  request: text.optional(),
  status: z.int().optional(),
  body: text.optional(),
  stack: text.optional(),
})

const error = z
  .object({
    kind: text,
    name: text,
    message: text,
    count,
    firstAt: ms,
    lastAt: ms,
    first: failure.meta({ description: 'The first of its kind, secrets taken out' }),
  })
  .meta({ id: 'error' })

const figures = z.union([
  z.object({ kind: z.literal('timing'), name: text, values: distribution.optional() }),
  z.object({ kind: z.literal('counter'), name: text, total: z.number() }),
  z.object({
    kind: z.literal('gauge'),
    name: text,
    last: z.number(),
    min: z.number(),
    max: z.number(),
  }),
  z.object({ kind: z.literal('rate'), name: text, hits: count, total: count, ratio: z.number() }),
])

const metric = figures
  .and(z.object({ tagged: z.array(figures.and(z.object({ tag: text, value: text }))).optional() }))
  .meta({ id: 'metric', description: 'A metric of the suite itself, whole and by each tag' })

const check = z.object({
  kind: z.literal('check'),
  name: text,
  passed: count,
  failed: count,
  total: count,
  rate: z.number(),
  first: text.optional(),
})

const flow = z.object({ count, bytes: count, width: ms, counts: z.array(count) })

const connections = z.object({
  dns: distribution.optional(),
  connect: distribution.optional(),
  tls: distribution.optional(),
  total: distribution.optional(),
})

/** What is recorded in a phase, judged or not. */
export const recording = {
  duration: ms,
  whole: operation.meta({ description: 'All requests together' }),
  requests: z.array(request),
  ownFailures: count.optional(),
  iterations: operation,
  errors: z.array(error),
  metrics: z.array(metric),
  checks: z.array(check).optional(),
  groups: z.array(operation).optional(),
  arrivals: z.object({ late: count, dropped: count, lag: distribution.optional() }).optional(),
  sockets: z
    .object({
      opened: count,
      recovered: count.optional(),
      closed: z.record(text, count),
      sent: flow.optional(),
      received: flow.optional(),
    })
    .optional(),
  connections: connections.optional(),
}
