import { z } from 'zod'

export const count = z.int().nonnegative()
export const ms = z.number()
export const time = z.string().meta({ description: 'ISO 8601' })
export const text = z.string()

const steps = z.array(z.int()).meta({
  description:
    'The buckets of a histogram. Each number is the step to the next bucket in use, counted from -1. A positive step leads to a bucket that holds one value; a negative one to a bucket that holds as many as the number after it says. Bucket b begins at 2 ** (floor(b / 1024) - 10) * (1 + (b % 1024) / 1024)',
})

const cutOff = z
  .object({ count, sum: ms, min: ms, max: ms, steps })
  .meta({ description: 'How long operations had lasted that the end of the run cut off, in ms' })

const interval = z
  .object({
    low: ms.optional(),
    high: z.union([ms, z.literal('never')]).optional(),
    effective: count
      .optional()
      .meta({ description: 'How many independent values the samples are worth' }),
  })
  .meta({ description: 'Between what a percentile lies; each end at 95 %' })

/** By the name of the percentile. */
export const intervals = z.record(text, interval)

export const distribution = z
  .object({
    count,
    failed: count.meta({ description: 'Infinitely slow under a percentile limit' }),
    dropped: count.optional(),
    mean: ms.optional(),
    min: ms.optional(),
    max: ms.optional(),
    p50: ms.optional(),
    p75: ms.optional(),
    p90: ms.optional(),
    p95: ms.optional(),
    p99: ms.optional(),
    p999: ms.optional(),
    steps,
    intervals: intervals.optional(),
    cutOff: cutOff.optional(),
  })
  .meta({ id: 'distribution', description: 'Times in ms; figures and steps are of the successes' })

const series = z
  .array(z.number())
  .meta({ description: '[at, value, at, value, ...]; at in ms, since the watching began' })

const level = {
  samples: count,
  start: z.number().optional(),
  end: z.number().optional(),
  peak: z.number().optional(),
  min: z.number().optional(),
  series,
}

const memory = z
  .object({
    kind: z.literal('memory'),
    label: text,
    ...level,
    growth: z.number().optional(),
    ended: text.optional(),
    restarts: z.array(z.object({ at: ms, pid: z.int() })).optional(),
    problem: text.optional(),
  })
  .meta({ id: 'memory', description: 'In bytes' })

const cpu = z
  .object({
    kind: z.literal('cpu'),
    label: text,
    samples: count,
    mean: z.number().optional(),
    peak: z.number().optional(),
    series,
  })
  .meta({ id: 'cpu', description: 'In cores: 1 is one core fully busy' })

const watched = {
  label: text,
  memory,
  cpu,
  pss: memory.optional(),
  descriptors: z.object(level).optional(),
  threads: z.object(level).optional(),
  heap: memory.optional(),
  delay: z.object(level).optional(),
  busy: z.object(level).optional(),
  values: z.record(text, z.object(level)).optional(),
}

export const service = z
  .object({
    from: ms.optional().meta({ description: 'When the watching began, on the clock of the run' }),
    ...watched,
  })
  .meta({ id: 'service' })

export const testMonitor = z.object({ startedAt: time, ...watched }).meta({ id: 'monitor' })

const lateness = z.object({ count, p50: ms.optional(), p99: ms.optional(), max: ms.optional() })

const accounting = z.object({
  intended: count,
  ok: count,
  failed: count,
  aborted: count,
  dropped: count,
  unfinished: count,
})

export const generator = z
  .object({
    kind: z.literal('generator'),
    watched: ms,
    loop: z.object({
      busy: z.number().optional(),
      busiest: z.number().optional(),
      delay: z.object({ p50: ms.optional(), p99: ms.optional(), max: ms.optional() }),
      stalled: z.number().optional(),
      series,
    }),
    gc: z.object({ count, total: ms, max: ms.optional() }),
    cpu: z.object({
      process: z.number().optional(),
      host: z.number().optional(),
      waited: z.number().optional(),
      cores: z.number(),
    }),
    saturated: z.boolean(),
    hostBusy: z.boolean(),
    reasons: z.array(text),
    lag: lateness,
    waits: z.object({ planned: ms, late: ms }),
    opened: lateness,
    users: z.object({ asked: count, reached: count }),
    inFlight: z.number().optional(),
    iterations: accounting,
    requests: accounting,
  })
  .meta({ id: 'generator', description: 'Whether the generator was fast enough for its load' })

/** One of several that made a run together. */
export const generatorPart = z
  .object({
    number: count,
    lost: text.optional().meta({ description: 'Why nothing of it is in the figures' }),
    ending: text.optional(),
    clock: z.object({ offset: ms, uncertainty: ms }).optional(),
    late: ms.optional(),
    elapsed: ms.optional(),
    saturated: z.boolean().optional(),
    hostBusy: z.boolean().optional(),
    reasons: z.array(text).optional(),
    loop: z.number().optional(),
    cpu: z.number().optional(),
    users: count.optional(),
    iterations: accounting.optional(),
    requests: accounting.optional(),
  })
  .meta({ id: 'generator-part', description: 'One of several generators, counted from 1' })
