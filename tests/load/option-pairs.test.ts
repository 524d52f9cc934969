import { expect, test } from 'vitest'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import { planLoad } from '../../src/load/options.ts'
import { messageOf } from '../support/message-of.ts'

type Options = Readonly<Record<string, unknown>>

const USER_STAGES = [{ users: 5, duration: '1s' }]
const RATE_STAGES = [{ rate: '5/s', duration: '1s' }]

/** Every option that says how much load there is and when, with a value that it may have. */
const OPTIONS: Readonly<Record<string, Options>> = {
  users: { users: 5 },
  rate: { rate: '5/s' },
  'stages of users': { stages: USER_STAGES },
  'stages of rates': { stages: RATE_STAGES },
  duration: { duration: '1s' },
  iterations: { iterations: 5 },
  iterationsPerUser: { iterationsPerUser: 5 },
  rampUp: { rampUp: '1s' },
  spawnRate: { spawnRate: '5/s' },
  warmUp: { warmUp: '1s' },
  rampDown: { rampDown: '1s' },
  startUsers: { startUsers: 5 },
  startRate: { startRate: '5/s' },
  maxDuration: { maxDuration: '1m' },
  maxUsers: { maxUsers: 5 },
  preAllocated: { preAllocated: 5 },
  arrivals: { arrivals: 'poisson' },
  judge: { judge: 'all' },
  gracefulStop: { gracefulStop: '1s' },
  seed: { seed: 5 },
  connection: { connection: 'shared' },
  timeout: { timeout: '1s' },
  tls: { tls: { rejectUnauthorized: false } },
  http: { http: { h2: true } },
  limits: { limits: { p95: '1s' } },
  events: { events: {} },
  abort: { abort: { errorRate: '10%', for: '10s' } },
}

/** The least that makes a load of each kind. */
const LOADS: readonly Options[] = [
  { users: 5, duration: '1s' },
  { users: 5, iterations: 5 },
  { users: 5, iterationsPerUser: 5 },
  { stages: USER_STAGES },
  { stages: USER_STAGES, startUsers: 1 },
  { rate: '5/s', duration: '1s' },
  { stages: RATE_STAGES },
]

const refusal = (options: Options): string | undefined => {
  try {
    planLoad(options, DEFAULT_TIMEOUTS)
    return undefined
  } catch {
    return messageOf(() => planLoad(options, DEFAULT_TIMEOUTS))
  }
}

const names = Object.keys(OPTIONS)
const pairs = names.flatMap((one, at) =>
  names.slice(at + 1).map((other): readonly [string, string] => [one, other]),
)

/** The loads that one of the two belongs to, with the other added. */
const tries = (one: string, other: string): readonly (string | undefined)[] => {
  const both = { ...OPTIONS[one], ...OPTIONS[other] }
  const own = [OPTIONS[one], OPTIONS[other]]
  // Two stages cannot both be said.
  if (one.startsWith('stages') && other.startsWith('stages')) return [undefined]
  const fitting = LOADS.filter((load) => own.some((each) => fits({ ...load, ...each })))
  return fitting.map((load) => refusal({ ...load, ...both }))
}

const fits = (options: Options): boolean => refusal(options) === undefined

test('every pair of options makes a load, or is refused by the name of one beside another', () => {
  const refused = new Set<string>()
  for (const [one, other] of pairs) {
    const found = tries(one, other)
    expect(found.length, `${one} with ${other}`).toBeGreaterThan(0)
    if (found.includes(undefined)) continue
    for (const message of found as readonly string[]) {
      const lines = message.startsWith('load has') ? message.split('\n  - ').slice(1) : [message]
      for (const line of lines) {
        refused.add(line)
        const said = /^load\.?(\w*) (.*)$/.exec(line)
        const beside = Object.keys({ ...OPTIONS, stages: 1 }).filter((name) => name !== said?.[1])
        const named = beside.some((name) => new RegExp(`\\b${name}\\b`).test(said?.[2] ?? ''))
        expect(named, `${line} names what it is beside`).toBe(true)
      }
    }
  }
  expect([...refused].toSorted()).toMatchInlineSnapshot(`
    [
      "load must have one of duration ('30s'), iterations (200 in all) and iterationsPerUser (20), got duration and iterations",
      "load must have one of duration ('30s'), iterations (200 in all) and iterationsPerUser (20), got duration and iterationsPerUser",
      "load must have one of duration ('30s'), iterations (200 in all) and iterationsPerUser (20), got iterations and iterationsPerUser",
      "load.arrivals is of an open load: beside stages of users leave it out",
      "load.arrivals is of an open load: beside users leave it out, or say rate instead of users",
      "load.duration is missing: with a rate say '30s'",
      "load.duration is said by each of the stages: leave it out",
      "load.iterations ends a closed load: stages say themselves when the load ends, leave it out",
      "load.iterations ends a closed load: with a rate say duration ('30s')",
      "load.iterations ends a load of users: stages say themselves when the load ends, leave it out",
      "load.iterationsPerUser ends a closed load: stages say themselves when the load ends, leave it out",
      "load.iterationsPerUser ends a closed load: with a rate say duration ('30s')",
      "load.iterationsPerUser ends a load of users: stages say themselves when the load ends, leave it out",
      "load.maxDuration bounds a closed load of iterations: with a rate leave it out",
      "load.maxDuration bounds a closed load of iterations: with stages leave it out",
      "load.maxDuration bounds a load of iterations: stages say themselves when the load ends",
      "load.maxDuration bounds a load of iterations; with duration leave it out",
      "load.maxUsers bounds an open load: beside users leave it out, or say rate instead of users",
      "load.maxUsers bounds an open load: stages of users say themselves how many, leave it out",
      "load.preAllocated is of an open load: beside stages of users leave it out",
      "load.preAllocated is of an open load: beside users leave it out, or say rate instead of users",
      "load.rampDown is how users leave after a duration, and these leave when their iterations are done: leave it out",
      "load.rampDown is how users leave after a duration, and these leave when their iterationsPerUser are done: leave it out",
      "load.rampDown is the last of the stages, { rate: 0, duration: '10s' }: leave it out",
      "load.rampDown is the last of the stages, { users: 0, duration: '10s' }: leave it out",
      "load.rampUp is the first of the stages, from startRate: leave it out",
      "load.rampUp is the first of the stages, from startUsers: leave it out",
      "load.rate is of an open load and stages of users are of a closed one: leave one of them out",
      "load.rate is one rate and stages are several: leave one of them out",
      "load.spawnRate is of a closed load: with a rate say rampUp, over which it climbs",
      "load.spawnRate is of a closed load: with stages of rates say startRate, or leave it out",
      "load.spawnRate is said by the first of the stages, from startUsers: leave it out",
      "load.spawnRate says the same as rampUp: leave one of them out",
      "load.startRate is of stages of rates: with stages of users say startUsers",
      "load.startRate is where stages of rates start from: beside users say rampUp, or leave it out",
      "load.startRate is where stages start from: with one rate say rampUp, or leave it out",
      "load.startUsers is of a closed load with stages: with a rate leave it out",
      "load.startUsers is of stages of users: with stages of rates say startRate",
      "load.startUsers is where stages start from: beside users say rampUp, or leave it out",
      "load.users is of a closed load: with a rate say maxUsers, the most that may be busy at once",
      "load.users is of a closed load: with stages of rates say maxUsers, the most that may be busy",
      "load.users is one number and stages say several: leave one of them out",
    ]
  `)
})

test('how many pairs make a load', () => {
  const meaningful = pairs.filter(([one, other]) => tries(one, other).includes(undefined))
  expect([pairs.length, meaningful.length]).toMatchInlineSnapshot(`
    [
      351,
      278,
    ]
  `)
})

test('stages of both kinds are refused, each by itself', () => {
  const stages = [{ users: 5, duration: '1s' }, { rate: '5/s', duration: '1s' }, { size: 1 }]
  expect(refusal({ stages })).toMatchInlineSnapshot(`
    "load has 2 mistakes:
      - load.stages[0].users is of another kind of load than the other stages: write { rate: '50/s', duration: '10s' }, or users in each stage
      - load.stages[2].size is not an option; known: "rate", "duration""
  `)
})
