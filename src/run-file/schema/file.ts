import { z } from 'zod'
import { FORMAT, VERSION } from '../run-file.ts'
import { text, time } from './figures.ts'
import { test } from './run.ts'

const machine = z.object({
  platform: text,
  arch: text,
  cpus: z.number(),
  cpu: text.optional(),
  memory: z.number().optional(),
  ci: z.literal(true).optional(),
})

/**
 * What a run file has to hold. A field that it does not know is no mistake: a later version of the package
 * may add some without another version of the file.
 */
export const runFileSchema = z
  .object({
    format: z.literal(FORMAT),
    version: z.literal(VERSION),
    id: text,
    startedAt: time,
    finishedAt: time.optional(),
    ending: z.enum(['complete', 'interrupted', 'partial']),
    versions: z.object({ perf: text.optional(), vitest: text, node: text }),
    machine,
    git: z.object({ commit: text, branch: text.optional(), dirty: z.boolean() }).optional(),
    target: z.object({ baseUrl: text.optional(), wsUrl: text.optional() }).optional(),
    environment: z.record(text, text).optional(),
    tests: z.array(test),
  })
  .meta({
    title: 'Run file of vitest-perf',
    description:
      'One invocation of Vitest. Times in ms, sizes in bytes, rates per second, shares from 0 to 1. What is missing is absent, never 0.',
  })
