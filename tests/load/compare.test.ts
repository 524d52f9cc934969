import { describe, expect, test } from 'vitest'
import { AbortedError } from '../../src/load/aborted.ts'
import type { AbRun } from '../../src/load/ab-run.ts'
import { runCompare, type CompareCall } from '../../src/load/run-compare.ts'
import type { Tick } from '../../src/load/tick.ts'
import type { UserContext } from '../../src/load/user-context.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { messageOf } from '../support/message-of.ts'
import { sendJson, serve, type TestServer } from '../support/servers.ts'

expect.extend(perfMatchers)

const NO_SERVERS = { names: [], urlOf: () => undefined }

/** A service that takes this long for each answer, and half of it for another one. */
const slow = (delay: number): Promise<TestServer> =>
  serve((request, response) => {
    setTimeout(() => sendJson(response, {}), request.url === '/half' ? delay / 2 : delay)
  })

const compare = (
  call: Partial<CompareCall>,
  environment: Partial<Parameters<typeof runCompare>[1]> = {},
): Promise<AbRun> =>
  runCompare(
    { targets: {}, options: SHORT, workload: undefined, ...call },
    { ...loadEnvironment({ seed: 3 }), servers: NO_SERVERS, ...environment },
  )

/** Eight pairs. */
const SHORT = { users: 2, duration: '4.8s', block: '300ms', settle: '50ms' }
/** Six. */
const SHORTER = { users: 2, duration: '2.4s', block: '200ms', settle: '40ms' }
/** Six of blocks in which it does not matter what they measure. */
const SHORTEST = { users: 2, duration: '1.2s', block: '100ms', settle: '20ms' }

const both = async ({ http }: UserContext): Promise<void> => {
  await http.get('/')
  await http.get('/half')
}

describe('two services', { timeout: 60_000 }, () => {
  test('one of which is slower, are told apart', async () => {
    await using base = await slow(10)
    await using head = await slow(40)
    const ticks: Tick[] = []
    const ab = await compare(
      { targets: { base: base.url, head: head.url }, workload: both },
      { tell: (tick) => void ticks.push(tick), title: 'base and head' },
    )
    expect(ab).toMatchObject({ kind: 'ab', ending: 'complete', pairs: 8, asked: 8, seed: 3 })
    expect(ab.blocks.filter(({ side }) => side === 'head')).toHaveLength(8)
    const names = ab.changes.map(({ request, metric }) => `${request ?? 'all'} ${metric}`)
    expect(names.toSorted()).toEqual(
      [
        ...['p50', 'p95', 'p99', 'mean', 'throughput', 'errorRate'].map((each) => `all ${each}`),
        ...['GET /', 'GET /half'].map((each) => `${each} p95`),
      ].toSorted(),
    )
    // At least twice as slow, however late timers are.
    expect(ab.changes[0]?.low).toBeGreaterThan(0.2)
    expect(() => expect(ab).toNotRegress({ p50: '10%' })).toThrow('slowdown of p50 latency')
    expect(() => expect(ab).toNotRegress({ each: { p50: '10%' } })).toThrow('2 of 2 limits missed')
    expect(() => expect(ab).toNotRegress({ throughput: '10%' })).toThrow('drop of throughput')
    expect(ab).toNotRegress({ errorRate: '1%' })

    const told = ticks.filter(({ over }) => !over).map(({ part }) => part)
    expect(new Set(told)).toContain('warm-up, base')
    expect(told.at(-1)).toMatch(/^block 16 of 16, (base|head)$/)
    expect(ticks.at(-1)).toMatchObject({ over: true, title: 'base and head', phase: 'steady' })
  })

  test('one of which fails, are told apart by errors', async () => {
    await using base = await slow(5)
    await using head = await serve((_, response) => sendJson(response, {}, 503))
    const workload = ({ http }: UserContext): unknown => http.get('/', { expect: [200] })
    const targets = { base: base.url, head: head.url }
    const ab = await compare({ targets, options: SHORTER, workload })
    expect(() => expect(ab).toNotRegress({ errorRate: '1%' })).toThrow('rise of error rate')
    // What failed is infinitely slow, and so it says.
    expect(() => expect(ab).toNotRegress({ p95: '5%' })).toThrow('infinitely slow')
  })

  test('that are one and the same show what can be found', async () => {
    await using server = await slow(10)
    const targets = { base: server.url, head: server.url }
    const ab = await compare({ targets, options: SHORTER, workload: both })
    expect(ab).toNotRegress({ p50: '100%' })
    expect(ab.changes[0]?.detectable).toBeGreaterThan(0)
  })
})

test(
  'two functions are compared, and two servers by their names',
  { timeout: 60_000 },
  async () => {
    await using server = await slow(5)
    const whole = ({ http }: UserContext): unknown => http.get('/')
    const half = ({ http }: UserContext): unknown => http.get('/half')
    const options = SHORTEST
    const functions = await compare(
      { targets: { base: whole, head: half }, options },
      { baseUrl: server.url },
    )
    expect(functions).toMatchObject({ base: 'whole', head: 'half', pairs: 6 })
    expect(functions.runs[0]?.base.requests.map(({ name }) => name)).toEqual(['GET /'])
    expect(functions.runs[0]?.head.requests.map(({ name }) => name)).toEqual(['GET /half'])

    const servers = { names: ['stable', 'next'], urlOf: () => server.url }
    const targets = { base: 'stable', head: 'next' }
    const named = await compare({ targets, options, workload: whole }, { servers })
    expect(named).toMatchObject({ base: 'stable', head: 'next', pairs: 6 })
  },
)

describe('what was measured is kept', { timeout: 60_000 }, () => {
  test('when its test is given up', async () => {
    await using server = await slow(5)
    const giveUp = new AbortController()
    const tell = ({ part = '' }: Tick): void => {
      if (part.startsWith('block 6 of')) giveUp.abort()
    }
    const targets = { base: server.url, head: server.url }
    const ab = await compare({ targets, workload: both }, { signal: giveUp.signal, tell })
    expect(ab).toMatchObject({ ending: 'interrupted', pairs: 2, asked: 8 })
    expect(ab.changes).toEqual([])
    expect(messageOf(() => expect(ab).toNotRegress({ p95: '5%' }))).toMatch(
      /^limits\.p95 is known on both sides in [012] of 8 pairs of blocks, and 5 are the least/,
    )
  })

  test('when too much fails, with an error', async () => {
    let calls = 0
    await using server = await serve((_, response) =>
      sendJson(response, {}, ++calls > 60 ? 503 : 200),
    )
    const targets = { base: server.url, head: server.url }
    const kept: AbRun[] = []
    const options = { ...SHORT, block: '250ms', abort: { errorRate: '50%', for: '100ms' } }
    const workload = async ({ http, pause }: UserContext): Promise<void> => {
      await pause('10ms')
      await http.get('/')
    }
    const ended = compare({ targets, options, workload }, { keepAb: (ab) => void kept.push(ab) })
    await expect(ended).rejects.toThrow(AbortedError)
    expect(kept.every(({ ending }) => ending === 'interrupted')).toBe(true)
  })
})

describe('mistakes are told before any traffic', () => {
  const failing = async (call: Partial<CompareCall>, environment = {}): Promise<string> =>
    compare(call, environment).then(
      () => 'no mistake',
      (error: unknown) => (error as Error).message,
    )
  const nothing = (): void => {}

  test('all of them at once', async () => {
    const options = {
      users: 0,
      duration: '1s',
      block: '1s',
      settle: '2s',
      rampUp: '1s',
      limits: { p95: '1s' },
      blok: '1s',
    }
    const targets = { base: 'stabel', head: 'ftp://x' }
    const servers = { names: ['stable', 'next'], urlOf: () => undefined }
    expect(await failing({ targets, options, workload: nothing }, { servers }))
      .toMatchInlineSnapshot(`
        "load.compare has 8 mistakes:
          - load.compare.blok is not an option; known: "users", "rate", "duration", "block", "settle", "maxUsers", "preAllocated", "arrivals", "stages", "steps", "iterations", "iterationsPerUser" and 20 more; did you mean "block"?
          - load.compare.rampUp is said by the blocks, each of which is a load of its own: leave it out
          - load.compare.limits is of one load; what two may differ by says expect(ab).toNotRegress({ p95: '5%' })
          - load.compare.settle must be less than a block (1 s), got "2s"
          - load.compare.duration holds fewer than 6 pairs of blocks of 1 s, which can show nothing: say 12 s or more, or shorter blocks
          - load.compare.users must be a whole number of at least 1, got 0
          - load.compare({ base }) must be a URL like 'http://127.0.0.1:8080' or the name of a server, got "stabel". Known: "stable", "next"; did you mean "stable"?
          - load.compare({ head }) must be a URL like 'http://127.0.0.1:8080' or the name of a server, got "ftp://x". Known: "stable", "next""
      `)
  })

  test.each([
    ['no targets', { targets: undefined }],
    ['another side', { targets: { base: nothing, head: nothing, other: nothing } }],
    ['one URL and one function', { targets: { base: 'http://127.0.0.1:1', head: nothing } }],
    ['functions and a scenario', { targets: { base: nothing, head: nothing }, workload: nothing }],
    ['no scenario', { targets: { base: 'http://127.0.0.1:1', head: 'http://127.0.0.1:1' } }],
    ['a name without servers', { targets: { base: 'a', head: 'b' }, workload: nothing }],
    ['no options', { targets: { base: nothing, head: nothing }, options: undefined }],
    ['no duration', { targets: { base: nothing, head: nothing }, options: { users: 1 } }],
    [
      'blocks without number',
      {
        targets: { base: nothing, head: nothing },
        options: { users: 1, duration: '10m', block: '100ms' },
      },
    ],
  ])('%s', async (_, call) => expect(await failing(call)).toMatchSnapshot())

  test('a target that is not there, or whose URL is not known', async () => {
    const targets = { base: 'http://127.0.0.1:1', head: 'http://127.0.0.1:1' }
    expect(await failing({ targets, workload: nothing })).toContain(
      'load.compare() was not started: http://127.0.0.1:1 cannot be reached',
    )
    const servers = { names: ['a', 'b'], urlOf: () => undefined }
    expect(
      await failing({ targets: { base: 'a', head: 'b' }, workload: nothing }, { servers }),
    ).toMatchSnapshot()
  })
})
