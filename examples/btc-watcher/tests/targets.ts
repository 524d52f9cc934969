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

export const authentication = { '* /auth/*': slow } satisfies Limits

export const strategies = {
  'GET /strategies/*': quick,
  'GET /strategies/overview': slow,
  'POST /strategies/*': slow,
  'PUT /strategies/*': slow,
  'DELETE /strategies/*': slow,
} satisfies Limits

export const signals = {
  'GET /signals/*': quick,
  'GET /signals/statistics': slow,
  'POST /signals/webhook/*': slow,
} satisfies Limits

/** Ten users do not do everything in so short a time: what they may leave out has no limit of its own. */
const smoke = {
  errorRate,
  ...authentication,
  'GET /strategies/*': quick,
  'GET /signals/*': quick,
  'POST /strategies/*': slow,
  'POST /signals/webhook/*': slow,
} satisfies Limits

const everything = { errorRate, ...authentication, ...strategies, ...signals }

/** A stressed service may be slower, but no more than acceptable. */
const stressed = { ...everything, 'GET /strategies/*': slow, 'GET /signals/*': slow }

/** What the users of a scenario may expect. */
export const scenarios = { smoke, load: everything, stress: stressed, spike: stressed }

/** How much of each class of operations the service has to bear, and how. */
export const operations = {
  read: { rate: 1_000, limits: quick },
  write: { rate: 100, limits: slow },
  auth: { rate: 50, limits: slow },
  webhook: { rate: 200, limits: slow },
} as const
