import type { RunData } from '../../load/load-run.ts'
import { formatBytes, formatMs, formatRatio } from '../../units/format.ts'
import type { Bytes, Ms } from '../../units/units.ts'
import { cleanText } from '../clean-text.ts'
import { isWorse, signed, type Evidence, type Rule } from './rule.ts'

/** Samples of a monitor without which nothing is said of it. */
const LEAST_SAMPLES = 10
/** Of the CPU per request: a smaller change is what else a machine does. */
const MORE_CPU = 0.2
const SAME_CPU = 0.1

/** Each request costs the service more CPU. */
export const moreCpu: Rule = ({ base, head }) => {
  const [before, after] = [cpuOf(base), cpuOf(head)]
  if (before === undefined || after === undefined) return []
  const change = after / before - 1
  if (!(change >= MORE_CPU)) return []
  return [
    {
      evidence: `the service used ${formatMs(after)} of CPU per request, it was ${formatMs(before)} (${signed(change)})`,
      cause: 'each request computes more: parsing, serialising, logging, a loop over more data',
      next: 'take a CPU profile of the service under this load',
    },
  ]
}

/** Slower, with as much CPU per request as before. */
export const waitsMore: Rule = ({ base, head, load }) => {
  const [before, after] = [cpuOf(base), cpuOf(head)]
  if (before === undefined || after === undefined || !isSlower(load)) return []
  const change = after / before - 1
  if (Math.abs(change) > SAME_CPU) return []
  return [
    {
      evidence: `slower, with as much CPU per request as before: ${formatMs(after)} (${signed(change)})`,
      cause: 'requests wait rather than compute: the database, another service, a lock, a pool',
      next: 'trace what the service waits for',
    },
  ]
}

const isSlower = ({ endpoints }: Evidence['load']): boolean =>
  endpoints.some((endpoint) => isWorse(endpoint, 'p50') || isWorse(endpoint, 'p95'))

/** CPU time of the service for one completed request. */
function cpuOf({ cpu, duration, count }: RunData): Ms | undefined {
  if (cpu.samples < LEAST_SAMPLES || cpu.mean === undefined || count === 0) return undefined
  return cpu.mean > 0 ? (cpu.mean * duration) / count : undefined
}

/** Memory that grows more than so much, and than this many times what it grew by, is worth a look. */
const MORE_GROWTH: Bytes = 10e6
const TIMES_GROWTH = 1.5

/** The service grew more than it did. */
export const growsMore: Rule = ({ base, head }) => {
  const [before, after] = [growthOf(base), growthOf(head)]
  if (before === undefined || after === undefined) return []
  if (after - before < MORE_GROWTH || after < TIMES_GROWTH * Math.max(0, before)) return []
  return [
    {
      evidence: `the service grew by ${formatBytes(after)}, it was ${formatBytes(before)}`,
      cause: 'something is kept for each request or session: a leak, or a cache without a bound',
      next: 'measure what is retained after a collection: toHaveRetainedBelow',
    },
  ]
}

const growthOf = ({ memory }: RunData): Bytes | undefined =>
  memory.samples < LEAST_SAMPLES ? undefined : memory.growth

/** Connections for each request: kept alive below, opened anew above. */
const KEPT = 0.05
const ANEW = 0.2

/** Connections are not kept alive any more. */
export const opensMore: Rule = ({ base, head }) => {
  const [before, after] = [openedOf(base), openedOf(head)]
  if (before === undefined || after === undefined || before > KEPT || after < ANEW) return []
  return [
    {
      evidence: `${formatRatio(after)} of the requests opened a connection, it was ${formatRatio(before)}`,
      cause: 'the service, or a proxy, closes connections that it kept alive before',
      next: 'look at the `connection` and `keep-alive` headers of an answer',
    },
  ]
}

const openedOf = ({ connections, count }: RunData): number | undefined =>
  count === 0 ? undefined : Math.min(1, connections.opened / count)

/** The generator was too slow in the last run alone. */
export const slowGenerator: Rule = ({ base, head }) => {
  if (head.generator?.saturated !== true || base.generator?.saturated !== false) return []
  return [
    {
      evidence: `the generator of the last run was saturated: ${head.generator.reasons.map(cleanText).join(', ')}`,
      cause: 'the times are those of the generator, not of the service',
      next: 'measure again on a machine with less to do, or with fewer users',
    },
  ]
}
