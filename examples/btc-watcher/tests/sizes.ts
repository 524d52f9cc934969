const { env } = process

/** `BTC_FULL=true`: the loads, rates and pauses of the real suite, not those of a demonstration. */
const full = env.BTC_FULL === 'true'

/** What pauses are multiplied by. */
const pace = Number(env.BTC_PACE || (full ? 1 : 0.1))

/** The scenarios of a demonstration. Without them the built-in ones hold, which are the real ones. */
const scenarios = {
  smoke: { users: 10, spawnRate: '20/s', duration: '3s' },
  load: { users: 40, spawnRate: '30/s', duration: '3s' },
  stress: { users: 80, spawnRate: '60/s', duration: '3s' },
  spike: { users: 120, spawnRate: '200/s', duration: '2500ms' },
} as const

/** `module` is for the users of one part of the service. */
export const profiles = full
  ? { module: { users: 100, spawnRate: '10/s', duration: '5m' } as const }
  : { ...scenarios, module: { users: 20, spawnRate: '40/s', duration: '2s' } as const }

/** A rate of operations, a fifth of it in a demonstration. */
export const perSecond = (rate: number): number => (full ? rate : rate / 5)

/** How long each of the tests of operations takes. */
export const length = full ? '1m' : '2s'

/** A response time, in ms. On a machine that does other things too `BTC_PATIENCE=3` allows three times as much. */
export const within = (time: number): number => time * Number(env.BTC_PATIENCE || 1)

/** So many seconds of a pause, in ms. */
export const seconds = (time: number): number => time * 1_000 * pace

/** A pause between so many and so many seconds. */
export const between = (from: number, to: number): readonly [number, number] => [
  seconds(from),
  seconds(to),
]
