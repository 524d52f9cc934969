import type { RunData } from '../../load/load-run.ts'
import { joinCells } from '../../metrics/cell.ts'
import { quantile } from '../../stats/histogram.ts'
import { formatMs } from '../../units/format.ts'
import type { Ms } from '../../units/units.ts'
import type { ComparedEndpoint } from './comparison.ts'
import { cleanText } from '../clean-text.ts'
import { changeOf, figureOf, isWorse, signed, type Rule } from './rule.ts'

/** At least so many judged endpoints, and this share of them, before all are said to be slower. */
const LEAST_ENDPOINTS = 3
const MOST_OF_THEM = 0.75

/** Most endpoints got slower together. */
export const slowerEverywhere: Rule = ({ load: { endpoints } }) => {
  const judged = endpoints.filter(({ verdict }) => verdict !== 'not comparable')
  const slower = judged.filter(isSlower)
  if (!isEverywhere(judged)) return []
  const worst = slower.map((each) => `${each.name} ${changeOf(each, 'p50')}`).slice(0, 3)
  return [
    {
      evidence: `${slower.length} of ${judged.length} endpoints are slower: ${worst.join(', ')}`,
      cause: 'something that they share: the machine, the database, the network, a middleware',
      next: 'compare CPU and memory of the service, and what else ran on its machine',
    },
  ]
}

const isSlower = (endpoint: ComparedEndpoint): boolean =>
  isWorse(endpoint, 'p50') || isWorse(endpoint, 'p95')

const isEverywhere = (judged: readonly ComparedEndpoint[]): boolean =>
  judged.length >= LEAST_ENDPOINTS && judged.filter(isSlower).length >= MOST_OF_THEM * judged.length

const single = (endpoints: readonly ComparedEndpoint[]): readonly ComparedEndpoint[] =>
  isEverywhere(endpoints.filter(({ verdict }) => verdict !== 'not comparable')) ? [] : endpoints

/** The median of an endpoint got worse: every request of it is slower. */
export const slowerThroughout: Rule = ({ load: { endpoints } }) =>
  single(endpoints)
    .filter((endpoint) => isWorse(endpoint, 'p50'))
    .map((endpoint) => ({
      evidence: `${endpoint.name} is slower throughout: ${both(endpoint)}`,
      cause: 'each request does more work, or waits each time: a query, a call, a larger answer',
      next: `profile one request of ${endpoint.name}, and count its queries`,
    }))

/** Only the tail of an endpoint got worse. */
export const slowerTail: Rule = ({ load: { endpoints } }) =>
  single(endpoints)
    .filter((endpoint) => isWorse(endpoint, 'p95') && !isWorse(endpoint, 'p50'))
    .map((endpoint) => ({
      evidence: `${endpoint.name} is slower in its tail alone: ${both(endpoint)}`,
      cause: 'some requests wait: a lock, a full pool, garbage collection, a cold cache',
      next: 'see when the slow ones were: together, or spread over the run?',
    }))

const both = (endpoint: ComparedEndpoint): string =>
  [changeOf(endpoint, 'p50'), changeOf(endpoint, 'p95')].filter((each) => each !== '').join(', ')

/** First tokens come later. */
export const laterFirstToken: Rule = ({ load: { endpoints } }) =>
  endpoints
    .filter((endpoint) => isWorse(endpoint, 'ttft'))
    .map((endpoint) => ({
      evidence: `${endpoint.name} gives its first token later: ${changeOf(endpoint, 'ttft')}`,
      cause: 'requests queue before the model, or the prompt got longer',
      next: 'compare the input tokens and the requests under way at once',
    }))

/** A share of times per token of which no interval is known: a smaller change is not mentioned. */
const TOKENS = 0.2

/** Tokens follow each other more slowly, and the first ones come as before. */
export const slowerTokens: Rule = ({ load: { endpoints }, base, head }) =>
  endpoints.flatMap((endpoint) => {
    const [before, after] = [base, head].map((run) => tpotOf(run, endpoint.name)) as [Ms?, Ms?]
    const first = figureOf(endpoint, 'ttft')?.verdict
    if (before === undefined || after === undefined || first === 'worse') return []
    const change = after / before - 1
    if (!(change >= TOKENS)) return []
    return [
      {
        evidence: `${endpoint.name} takes ${formatMs(after)} per token, it was ${formatMs(before)} (${signed(change)})`,
        cause: 'the model generates more slowly: larger batches, longer contexts, less of the GPU',
        next: 'compare the tokens of an answer, and the streams at once',
      },
    ]
  })

const tpotOf = ({ requests }: RunData, endpoint: string): Ms | undefined =>
  requests.find(({ name }) => cleanText(name) === endpoint)?.tpot.p50

/** By how much the last third of a run is slower than the first before it counts. */
const RISE = 1.5
/** What the first run may rise by and still be called even. */
const EVEN = 1.2
const LEAST_WINDOWS = 9

/** The last run got slower while it ran, and the first one did not. */
export const slowerWithTime: Rule = ({ base, head }) => {
  const [before, after] = [thirdsOf(base), thirdsOf(head)]
  if (before === undefined || after === undefined) return []
  if (after.last < RISE * after.first || before.last > EVEN * before.first) return []
  const thirds = `p95 was ${formatMs(after.first)} in its first third and ${formatMs(after.last)} in its last`
  return [
    {
      evidence: `the last run got slower while it ran: ${thirds}; in the first run ${formatMs(before.first)} and ${formatMs(before.last)}`,
      cause: 'something piles up: rows, sessions, a queue, memory',
      next: 'run it for longer, and see whether it goes on',
    },
  ]
}

function thirdsOf({ timeline }: RunData): { readonly first: Ms; readonly last: Ms } | undefined {
  if (timeline.length < LEAST_WINDOWS) return undefined
  const third = Math.floor(timeline.length / 3)
  const first = quantile(joinCells(timeline.slice(0, third)).latency, 95)
  const last = quantile(joinCells(timeline.slice(-third)).latency, 95)
  return first === undefined || last === undefined ? undefined : { first, last }
}
