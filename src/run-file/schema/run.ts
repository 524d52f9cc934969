import { z } from 'zod'
import { count, generator, generatorPart, ms, service, testMonitor, text, time } from './figures.ts'
import { recording } from './operation.ts'

const stretch = z.object({ from: z.number(), to: z.number(), duration: ms })

const common = {
  users: count.meta({ description: 'At work at once, at most' }),
  rampUp: ms,
  warmUp: ms,
  rampDown: ms.optional(),
  judge: z.literal('all').optional(),
}

const shape = z
  .discriminatedUnion('model', [
    z.object({
      model: z.literal('closed'),
      ...common,
      duration: ms.optional(),
      iterations: count.optional(),
      iterationsPerUser: count.optional(),
      stages: z.array(stretch).optional(),
    }),
    z.object({
      model: z.literal('open'),
      ...common,
      stretches: z.array(stretch).meta({ description: 'Rates, per second' }),
      arrivals: text,
      duration: ms,
    }),
  ])
  .meta({ id: 'shape', description: 'The load as it was asked for' })

const epoch = z
  .object({
    at: ms,
    width: ms,
    users: count.optional(),
    ok: count,
    failed: count,
    aborted: count,
    sum: ms,
    min: ms.optional(),
    max: ms.optional(),
    steps: z.array(z.int()),
    tokens: count.optional(),
  })
  .meta({ id: 'epoch', description: 'A stretch of time; sum, min, max and steps are of latencies' })

const proof = z.object({
  status: z.enum(['pass', 'fail', 'inconclusive']),
  confidence: z.number(),
  low: z.number().optional(),
  high: z.union([z.number(), z.literal('never')]).optional(),
  effective: z.number().optional(),
  needs: z.number().optional(),
  short: z.number().optional(),
  time: z.object({ needs: ms, had: ms }).optional(),
  beyond: count.optional(),
  clumped: z.literal(true).optional(),
  had: z.number().optional(),
  counts: text.optional(),
})

const baseline = z.object({
  state: text,
  unit: text,
  before: z.number().optional(),
  now: z.union([z.number(), z.literal('never')]).optional(),
  runs: z.array(count),
  p: z.number().optional(),
})

const verdict = z
  .object({
    subject: text,
    metric: text,
    operator: z.enum(['at most', 'at least']),
    limit: z.number(),
    unit: text,
    measured: z.union([z.number(), z.literal('never')]).optional(),
    samples: count,
    status: z.enum(['pass', 'fail']),
    negated: z.boolean(),
    band: text.optional(),
    note: text.optional(),
    proof: proof.optional(),
    strict: z.boolean().optional(),
    run: text.optional(),
    baseline: baseline.optional(),
  })
  .meta({ id: 'verdict', description: 'A limit, what was measured, and how sure that is' })

const step = z.object({
  users: count,
  from: ms,
  duration: ms,
  status: z.enum(['met', 'missed', 'unfinished']),
  verdicts: z.array(verdict),
  count,
  errorRate: z.number().optional(),
  throughput: z.number().optional(),
  p50: ms.optional(),
  p95: ms.optional(),
  p99: ms.optional(),
})

const phase = z.object({
  name: text,
  from: ms.optional(),
  timeline: z.array(epoch).optional(),
  recording: z.object(recording),
})

/** What a feature has to say of itself; only some loads have it. */
const facts = z.looseObject({})
const extension = z
  .object({
    looks: z.array(ms),
    confidence: z.number(),
    from: ms,
    to: ms,
    because: z.array(text),
    open: z.array(text),
  })
  .meta({ description: 'How the judged time went on until limits were decided' })

const warmUp = z
  .object({ took: ms, unsteady: ms.optional(), few: z.literal(true).optional() })
  .meta({ description: 'A warm-up whose end was found' })

const run = z
  .object({
    title: text,
    shape,
    seed: z.number(),
    ending: text,
    reason: text.optional(),
    startedAt: time,
    elapsed: ms,
    source: text.optional(),
    limits: z.record(text, z.unknown()).optional(),
    verdict: z.record(text, z.unknown()).optional(),
    extension: extension.optional(),
    warmUp: warmUp.optional(),
    steps: z.array(step).optional(),
    ...recording,
    timeline: z.array(epoch),
    phases: z.array(phase),
    service: service.optional(),
    generator: generator.optional(),
    generators: z
      .array(generatorPart)
      .optional()
      .meta({ description: 'Those that made it together; `generator` is the worst of them' }),
    repeats: z
      .array(facts)
      .optional()
      .meta({ description: 'Each run of a load that was repeated' }),
    marks: z.array(z.object({ at: ms, kind: z.enum(['fault', 'steered']), text })).optional(),
    partial: z.literal(true).optional(),
  })
  .meta({ id: 'run', description: 'One load. Its clock is 0 at the start of the judged time' })

const record = z.object({
  version: z.literal(1),
  runs: z.array(run),
  verdicts: z.array(verdict),
  monitors: z.array(testMonitor).optional(),
  comparisons: z.array(facts).optional().meta({ description: 'Of load.compare' }),
  capacities: z.array(facts).optional().meta({ description: 'Of load.findCapacity' }),
})

export const test = z
  .object({
    file: text,
    name: text,
    project: text,
    state: z.enum(['passed', 'failed', 'skipped', 'running']),
    seconds: z.number(),
    errors: z.array(text),
    record,
  })
  .meta({ id: 'test' })
