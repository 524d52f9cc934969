import type { RunData } from '../../load/load-run.ts'
import type { ErrorGroup } from '../../metrics/error-groups.ts'
import { formatNumber, formatRatio } from '../../units/format.ts'
import { cleanText } from '../clean-text.ts'
import { describeError } from '../run-facts.ts'
import { figureOf, isWorse, changeOf, type Rule } from './rule.ts'

/** More requests of an endpoint fail. */
export const moreFailures: Rule = ({ load: { endpoints }, base, head }) =>
  endpoints
    .filter((endpoint) => isWorse(endpoint, 'errorRate'))
    .map((endpoint) => {
      const values = figureOf(endpoint, 'errorRate')?.values ?? []
      const share = `${formatRatio(values[0] ?? 0)} failed, then ${formatRatio(values.at(-1) ?? 0)}`
      const commonest = head.errors.find(({ name }) => cleanText(name) === endpoint.name)
      const said = commonest === undefined ? '' : `; ${kindOf(commonest, base)}`
      return {
        evidence: `${endpoint.name}: ${share}${said}`,
        ...ADVICE[commonest === undefined ? 'other' : adviceOf(commonest)],
      }
    })

/** `240× 503 POST /checkout, which is new` */
function kindOf(group: ErrorGroup, { errors }: RunData): string {
  const known = errors.some(
    ({ kind, name, message }) =>
      kind === group.kind && name === group.name && message === group.message,
  )
  return `${formatNumber(group.count)}× ${describeError(group).what}${known ? '' : ', which is new'}`
}

type Advice = { readonly cause: string; readonly next: string }

const ADVICE: Readonly<
  Record<'server' | 'limit' | 'client' | 'late' | 'connection' | 'stream' | 'other', Advice>
> = {
  server: {
    cause: 'the service gives up: an exception, a full pool, a dependency that is down',
    next: 'look for it in the log of the service at the time of the first one',
  },
  limit: {
    cause: 'a rate limit of the service, or of what stands before it',
    next: 'raise it for the test, or test with fewer requests a second',
  },
  client: {
    cause: 'the requests themselves: a changed route, an expired token, data that is used up',
    next: 'send one such request by hand',
  },
  late: {
    cause: 'answers that never came in time: a dead lock, an overloaded dependency, a full queue',
    next: 'see whether the others got slower at the same time',
  },
  connection: {
    cause: 'the service, or what stands before it, closes connections: a restart, a full backlog',
    next: 'look for restarts, and compare keep-alive times on both sides',
  },
  stream: {
    cause: 'streams that ended early: a proxy that cuts them, a model that fails midway',
    next: 'look at the last events of one of them',
  },
  other: { cause: 'what the error says', next: 'look at the first one of its kind' },
}

function adviceOf({ kind, first: { status = 0 } }: ErrorGroup): keyof typeof ADVICE {
  if (kind === 'status') return status === 429 ? 'limit' : status >= 500 ? 'server' : 'client'
  if (kind === 'timeout' || kind === 'stalled') return 'late'
  if (['refused', 'reset', 'stale', 'dns', 'tls', 'closed'].includes(kind)) return 'connection'
  if (['truncated', 'malformed', 'empty', 'streamError'].includes(kind)) return 'stream'
  return 'other'
}

/** Faster, while more requests fail: those that are left have less to do. */
export const fasterByFailing: Rule = ({ load: { endpoints } }) =>
  endpoints
    .filter(
      (endpoint) =>
        isWorse(endpoint, 'errorRate') && figureOf(endpoint, 'p95')?.verdict === 'better',
    )
    .map((endpoint) => ({
      evidence: `${endpoint.name} is faster (${changeOf(endpoint, 'p95')}) and fails more often`,
      cause: 'times are of the successes: what fails takes load off the rest',
      next: 'do not take it for a gain before the failures are gone',
    }))
