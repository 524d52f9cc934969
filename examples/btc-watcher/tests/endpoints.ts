/** The endpoints as the suite counts them: what a call of each is recorded under. */
export const endpoints = {
  login: { name: 'POST /auth/token' },
  invalidLogin: { name: 'POST /auth/token [INVALID]' },
  emptyLogin: { name: 'POST /auth/token [EMPTY]' },
  me: { name: 'GET /auth/me' },
  badToken: { name: 'GET /strategies/ [BAD TOKEN]' },

  strategies: { name: 'GET /strategies/' },
  strategiesPage: { name: 'GET /strategies/?skip&limit' },
  strategy: { name: 'GET /strategies/{id}' },
  overview: { name: 'GET /strategies/overview' },
  createStrategy: { name: 'POST /strategies/' },
  updateStrategy: { name: 'PUT /strategies/{id}' },
  deleteStrategy: { name: 'DELETE /strategies/{id}' },
  startStrategy: { name: 'POST /strategies/{id}/start' },
  stopStrategy: { name: 'POST /strategies/{id}/stop' },
  logs: { name: 'GET /strategies/{id}/logs' },

  signals: { name: 'GET /signals/' },
  signalsPage: { name: 'GET /signals/?skip&limit' },
  signalsByPair: { name: 'GET /signals/?pair' },
  signalsByAction: { name: 'GET /signals/?action' },
  signalsByStrength: { name: 'GET /signals/?strength_level' },
  signal: { name: 'GET /signals/{id}' },
  statistics: { name: 'GET /signals/statistics' },
  webhook: { name: 'POST /signals/webhook/{id}' },
} as const

export type Endpoint = (typeof endpoints)[keyof typeof endpoints]
