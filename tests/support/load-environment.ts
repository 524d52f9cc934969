import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import { sessionFromRoutes } from '../../src/clients/session-routes.ts'
import { realClock } from '../../src/clock/clock.ts'
import type { LoadEnvironment } from '../../src/load/environment.ts'

/** The world of a load that runs without Vitest's fixtures. */
export function loadEnvironment(given: Partial<LoadEnvironment> = {}): LoadEnvironment {
  return {
    clock: realClock,
    baseUrl: undefined,
    wsUrl: given.baseUrl,
    session: undefined,
    timeouts: DEFAULT_TIMEOUTS,
    signal: new AbortController().signal,
    service: undefined,
    title: 'a load',
    seed: 1,
    ...given,
  }
}

/** The sessions of the Bamboo service. */
export const bambooSession = sessionFromRoutes({
  open: 'POST /api/v1/sessions',
  id: 'session_id',
  chat: { route: 'POST /api/v1/sessions/{id}/chat', body: { message: '{text}' } },
  stream: {
    route: 'POST /api/v1/sessions/{id}/stream',
    body: { message: '{text}' },
    wire: 'openai.chat',
  },
  history: 'GET /api/v1/sessions/{id}/history',
  stop: 'POST /api/v1/sessions/{id}/stop',
  close: 'DELETE /api/v1/sessions/{id}',
})
