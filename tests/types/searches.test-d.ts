// Checked by tsc alone: every line with an expected error fails the build once the compiler lets it through.
import { expect } from 'vitest'
import type { Load } from '../../src/load/load-function.ts'
import { perfMatchers } from '../../src/matchers.ts'

declare const load: Load
const scenario = (): void => {}

expect.extend(perfMatchers)

// Two URLs or names with a scenario, or two functions without one.
const places = { base: 'http://127.0.0.1:8080', head: 'next' }
const ab = await load.compare(places, { users: 10, duration: '2m' }, scenario)
await load.compare(
  { base: scenario, head: scenario },
  { rate: '50/s', duration: '2m', block: '1s' },
)
// @ts-expect-error two places need a scenario
await load.compare(places, { users: 10, duration: '2m' })
// @ts-expect-error two functions are the scenarios
await load.compare({ base: scenario, head: scenario }, { users: 10, duration: '2m' }, scenario)
// @ts-expect-error both are of one kind
await load.compare({ base: 'next', head: scenario }, { users: 10, duration: '2m' }, scenario)
// @ts-expect-error both are there
await load.compare({ base: 'next' }, { users: 10, duration: '2m' }, scenario)
// @ts-expect-error a comparison lasts some time
await load.compare(places, { users: 10 }, scenario)
// @ts-expect-error users or a rate
await load.compare(places, { duration: '2m' }, scenario)
// @ts-expect-error blocks are no stages
await load.compare(places, { stages: [], duration: '2m' }, scenario)

expect(ab).toNotRegress({ p95: '5%', ttft: { p50: '10%' }, each: { p95: '10%' } })
expect(ab).toNotRegress({ checkout: { p95: 0.05 } }, { confidence: '99%', onInconclusive: 'fail' })
// @ts-expect-error what may be worse is a share, no time
expect(ab).toNotRegress({ p95: '300ms' })
// @ts-expect-error a run is compared with nothing
expect(await load({ users: 1, iterations: 1 }, scenario)).toNotRegress({ p95: '5%' })
// @ts-expect-error a comparison has no p95 of its own
expect(ab).toHaveP95Below('5s')
// @ts-expect-error it must be awaited
expect(load.compare(places, { users: 1, duration: '1m' }, scenario)).toNotRegress({ p95: '5%' })

// A rate with its unit, or a number of users.
const slo = { p95: '300ms', errorRate: '1%' } as const
const rate = await load.findCapacity({ slo, from: '10/s', to: '1000/s' }, scenario)
const users = await load.findCapacity({ slo, from: 1, to: 500, step: '5s', confirm: 3 }, scenario)
// @ts-expect-error both ends are of one kind
await load.findCapacity({ slo, from: 10, to: '1000/s' }, scenario)
// @ts-expect-error a rate has its unit
await load.findCapacity({ slo, from: '10', to: '1000' }, scenario)
// @ts-expect-error there is something to meet
await load.findCapacity({ from: 1, to: 500 }, scenario)
// @ts-expect-error users are no arrivals
await load.findCapacity({ slo, from: 1, to: 500, maxUsers: 5 }, scenario)
// @ts-expect-error the limits are those of any load
await load.findCapacity({ slo: { p95: '5%' }, from: 1, to: 500 }, scenario)

expect(rate).toSustain('400/s')
expect(rate).toSustain(400)
expect(users).toSustain(50)
// @ts-expect-error a number of users is no rate
expect(users).toSustain('400/s')
// @ts-expect-error a rate has its unit
expect(rate).toSustain('400')
// @ts-expect-error a comparison sustains nothing
expect(ab).toSustain('400/s')
// @ts-expect-error there is one end that counts
expect(rate).toSustain('400/s', { confidence: 0.9 })

export const ends: readonly (number | undefined)[] = [rate.lower, rate.upper, users.knee]
