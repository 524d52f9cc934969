import { isObject, readJson, type JsonObject } from '../../services/call.ts'
import { countIn } from './query.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Route, Routes } from './routes.ts'
import type { Draft, Status } from './strategies.ts'
import type { Watcher } from './watcher.ts'

/** Strategies and what becomes of them: created, started, stopped, deleted. */
export const strategyRoutes = (watcher: Watcher): Routes => ({
  'GET /strategies/': {
    operation: 'read',
    answer: ({ request, query }) => {
      const owner = watcher.caller(request).id
      const limit = countIn(query, 'limit', { fallback: 20, most: 100 })
      const skip = countIn(query, 'skip', { fallback: 0, most: 1e9 })
      return ok({ strategies: watcher.strategies.list(owner, { skip, limit }) })
    },
  },
  'GET /strategies/overview': {
    operation: 'complex',
    answer: ({ request }) => {
      const owner = watcher.caller(request).id
      const by_pair = watcher.signals.statistics(owner, ALL)
      return ok({ ...watcher.strategies.counts(owner), by_pair })
    },
  },
  'POST /strategies/': {
    operation: 'write',
    answer: async ({ request }) => {
      const owner = watcher.caller(request).id
      const body = watcher.strategies.create(owner, draftOf(await readJson(request)))
      return { status: 201, body }
    },
  },
  'GET /strategies/{id}': {
    operation: 'read',
    answer: ({ request, id }) => ok(watcher.strategies.get(watcher.caller(request).id, id)),
  },
  'PUT /strategies/{id}': {
    operation: 'write',
    answer: async ({ request, id }) => {
      const owner = watcher.caller(request).id
      return ok(watcher.strategies.update(owner, id, draftOf(await readJson(request))))
    },
  },
  'DELETE /strategies/{id}': {
    operation: 'write',
    answer: ({ request, id }) => {
      watcher.strategies.remove(watcher.caller(request).id, id)
      return { status: 204 }
    },
  },
  'POST /strategies/{id}/start': turning(watcher, 'running'),
  'POST /strategies/{id}/stop': turning(watcher, 'stopped'),
  'GET /strategies/{id}/logs': {
    operation: 'read',
    answer: ({ request, query, id }) => {
      const limit = countIn(query, 'limit', { fallback: 50, most: 500 })
      return ok({ logs: watcher.strategies.logs(watcher.caller(request).id, id, limit) })
    },
  },
})

const ALL = { pair: undefined, action: undefined, level: undefined, from: undefined, to: undefined }

const ok = (body: unknown): { status: number; body: unknown } => ({ status: 200, body })

const turning = (watcher: Watcher, status: Status): Route => ({
  operation: 'write',
  answer: ({ request, id }) => ok(watcher.strategies.turn(watcher.caller(request).id, id, status)),
})

/** @throws HttpError 422 */
function draftOf({ name, config }: JsonObject): Draft {
  if (typeof name !== 'string' || name === '') throw new HttpError(422, 'name must be a text')
  if (!isObject(config)) throw new HttpError(422, 'config must be an object')
  return { name, config }
}
