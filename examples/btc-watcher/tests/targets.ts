import type { Limits } from 'vitest-perf'
import { within } from './sizes.ts'

/** Response times, from the best level to the one that an operation may not go beyond. */
const good = { excellent: within(100), good: within(300) }
const acceptable = { ...good, acceptable: within(1_000) }

/** Up to 1 % is normal, up to 5 % a warning, beyond it is critical: a failure. */
const errorRate = { acceptable: '1%', warning: '1%', critical: '5%' } as const

/** Lists and details are to be good; sums over them, log-ins and changes acceptable. */
const quick = { p95: good, errorRate }
const slow = { p95: acceptable, errorRate }

/** What each class of operations is held to, by its tag. */
const everything = {
  errorRate,
  '#auth': slow,
  '#read': quick,
  '#complex': slow,
  '#write': slow,
  '#webhook': slow,
} satisfies Limits

/** A stressed service may be slower, but no more than acceptable. */
const stressed = { ...everything, '#read': slow } satisfies Limits

/** What the users of a scenario may expect. */
export const scenarios = { smoke: everything, load: everything, stress: stressed, spike: stressed }

/** What the users of one part of the service may expect. */
export const authentication = { '#auth': slow } satisfies Limits
export const strategies = { '#read': quick, '#complex': slow, '#write': slow } satisfies Limits
export const signals = { '#read': quick, '#complex': slow, '#webhook': slow } satisfies Limits

/** How much of each class of operations the service has to bear, and how. */
export const operations = {
  read: { rate: 1_000, limits: quick },
  write: { rate: 100, limits: slow },
  auth: { rate: 50, limits: slow },
  webhook: { rate: 200, limits: slow },
} as const
