/** What a call of an endpoint is recorded under: its name, and the class of operations that it is of. */
export interface Endpoint {
  readonly name: string
  readonly tags: readonly string[]
}

const of =
  (operation: string) =>
  (name: string): Endpoint => ({ name, tags: [operation] })

const auth = of('auth')
const read = of('read')
/** Sums over many rows. */
const complex = of('complex')
const write = of('write')
const webhook = of('webhook')

/** The endpoints as the suite counts them. */
export const endpoints = {
  login: auth('POST /auth/token'),
  invalidLogin: auth('POST /auth/token [INVALID]'),
  emptyLogin: auth('POST /auth/token [EMPTY]'),
  me: auth('GET /auth/me'),
  badToken: auth('GET /strategies/ [BAD TOKEN]'),

  strategies: read('GET /strategies/'),
  strategiesPage: read('GET /strategies/?skip&limit'),
  strategy: read('GET /strategies/{id}'),
  overview: complex('GET /strategies/overview'),
  createStrategy: write('POST /strategies/'),
  updateStrategy: write('PUT /strategies/{id}'),
  deleteStrategy: write('DELETE /strategies/{id}'),
  startStrategy: write('POST /strategies/{id}/start'),
  stopStrategy: write('POST /strategies/{id}/stop'),
  logs: read('GET /strategies/{id}/logs'),

  signals: read('GET /signals/'),
  signalsPage: read('GET /signals/?skip&limit'),
  signalsByPair: read('GET /signals/?pair'),
  signalsByAction: read('GET /signals/?action'),
  signalsByStrength: read('GET /signals/?strength_level'),
  signal: read('GET /signals/{id}'),
  statistics: complex('GET /signals/statistics'),
  webhook: webhook('POST /signals/webhook/{id}'),
}
