import { isObject, readJson, type JsonObject } from '../../services/call.ts'
import { countIn, wordIn } from './query.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Routes } from './routes.ts'
import { ACTIONS, LEVELS, type Filter, type Report } from './signals.ts'
import type { Watcher } from './watcher.ts'

/** Signals: trading bots report them, people look through them. */
export const signalRoutes = (watcher: Watcher): Routes => ({
  'GET /signals/': {
    operation: 'read',
    answer: ({ request, query }) => {
      const owner = watcher.caller(request).id
      const limit = countIn(query, 'limit', { fallback: 20, most: 100 })
      const skip = countIn(query, 'skip', { fallback: 0, most: 1e9 })
      const signals = watcher.signals.list(owner, filterOf(query), { skip, limit })
      return { status: 200, body: { signals } }
    },
  },
  'GET /signals/statistics': {
    operation: 'complex',
    answer: ({ request, query }) => {
      const owner = watcher.caller(request).id
      const statistics = watcher.signals.statistics(owner, filterOf(query))
      return { status: 200, body: { statistics } }
    },
  },
  'GET /signals/{id}': {
    operation: 'read',
    answer: ({ request, id }) => {
      const body = watcher.signals.get(watcher.caller(request).id, id)
      return { status: 200, body }
    },
  },
  'POST /signals/webhook/{id}': {
    operation: 'webhook',
    answer: async ({ request, id }) => {
      const owner = watcher.caller(request).id
      const strategy = watcher.strategies.get(owner, id)
      const body = watcher.signals.add(owner, strategy.id, reportOf(await readJson(request)))
      return { status: 201, body }
    },
  },
})

/** @throws HttpError 422 */
const filterOf = (query: URLSearchParams): Filter => ({
  pair: query.get('pair') ?? undefined,
  action: wordIn(query, 'action', ACTIONS),
  level: wordIn(query, 'strength_level', LEVELS),
  from: timeIn(query, 'from'),
  to: timeIn(query, 'to'),
})

function timeIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new HttpError(422, `${name} must be a date, got ${text}`)
  return time
}

/** @throws HttpError 422 */
function reportOf({ pair, action, current_rate, indicators }: JsonObject): Report {
  const known = ACTIONS.find((each) => each === action)
  if (typeof pair !== 'string' || pair === '') throw new HttpError(422, 'pair must be a text')
  if (known === undefined) throw new HttpError(422, `action must be ${ACTIONS.join(' or ')}`)
  if (typeof current_rate !== 'number') throw new HttpError(422, 'current_rate must be a number')
  const strength = isObject(indicators) ? indicators.signal_strength : undefined
  if (typeof strength !== 'number' || strength < 0 || strength > 1) {
    throw new HttpError(422, 'indicators.signal_strength must be from 0 to 1')
  }
  return { pair, action: known, rate: current_rate, strength }
}
