/** The endpoints as the suite counts them: names of requests, by what is asked for. */
export const endpoints = {
  login: 'POST /auth/token',
  invalidLogin: 'POST /auth/token [INVALID]',
  emptyLogin: 'POST /auth/token [EMPTY]',
  me: 'GET /auth/me',
  badToken: 'GET /strategies/ [BAD TOKEN]',

  strategies: 'GET /strategies/',
  strategiesPage: 'GET /strategies/?skip&limit',
  strategy: 'GET /strategies/{id}',
  overview: 'GET /strategies/overview',
  createStrategy: 'POST /strategies/',
  updateStrategy: 'PUT /strategies/{id}',
  deleteStrategy: 'DELETE /strategies/{id}',
  startStrategy: 'POST /strategies/{id}/start',
  stopStrategy: 'POST /strategies/{id}/stop',
  logs: 'GET /strategies/{id}/logs',

  signals: 'GET /signals/',
  signalsPage: 'GET /signals/?skip&limit',
  signalsByPair: 'GET /signals/?pair',
  signalsByAction: 'GET /signals/?action',
  signalsByStrength: 'GET /signals/?strength_level',
  signal: 'GET /signals/{id}',
  statistics: 'GET /signals/statistics',
  webhook: 'POST /signals/webhook/{id}',
} as const
