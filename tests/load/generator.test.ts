import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { Workload } from '../../src/load/behaviours.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { assertDelivered, UndeliveredError } from '../../src/load/undelivered.ts'
import { defineUser } from '../../src/load/user-definition.ts'
import { perfMatchers } from '../../src/matchers.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { messageOf } from '../support/message-of.ts'
import { serve, type TestServer } from '../support/servers.ts'

expect.extend(perfMatchers)

const load = (
  server: TestServer | undefined,
  options: LoadOptions,
  workload: Workload,
): Promise<LoadRun> => runLoad(options, workload, loadEnvironment({ baseUrl: server?.url }))

/** Keeps the thread from anything else, and takes no core from what runs beside this test. */
const block = (time: number): unknown =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, time)

/** Computes, which on a busy machine takes longer. */
function compute(time: number): void {
  const end = performance.now() + time
  while (performance.now() < end);
}

/** Answers at once, but `/fails` with a 500 and `/never` not at all; counts what came. */
async function service(): Promise<TestServer & { readonly seen: { all: number } }> {
  const seen = { all: 0 }
  const server = await serve((request, response) => {
    seen.all++
    if (request.url === '/never') return
    response.writeHead(request.url === '/fails' ? 500 : 200).end('{}')
  })
  return Object.assign(server, { seen })
}

// A thread that is kept gives a load its end late.
describe('a generator whose scenario keeps the thread', { timeout: 20_000 }, () => {
  test('is saturated: the run says by what, and a limit that fails says so too', async () => {
    await using server = await service()
    const run = await load(server, { users: 10, duration: '3s' }, async ({ http, group }) => {
      block(200)
      await group('visit', () => http.get('/a'))
    })
    expect(run.generator).toMatchObject({ saturated: true, hostBusy: false })
    expect(run.generator.reasons[0]).toMatch(/^event loop busy (8[5-9]|9\d|100) %$/)
    // Ten users stand in line: an answer that is there at once is read after the tasks of the others.
    const message = messageOf(() => expect(run.request('GET /a')).toHaveP95Below('50ms'))
    expect(messageOf(() => expect(run.group('visit')).toHaveP95Below('50ms'))).toContain(
      'the generator was saturated',
    )
    expect(message).toMatch(/the generator was saturated \(event loop busy \d+ %/)
    expect(message.replaceAll(/\s+/g, ' ')).toContain('the service may be faster than this')
  })

  test('computing: saturated too, or without a core where others compute as well', async () => {
    await using server = await service()
    const run = await load(server, { users: 10, duration: '1500ms' }, async ({ http }) => {
      compute(50)
      await http.get('/a')
    })
    const { saturated, hostBusy, reasons } = run.generator
    expect([saturated, hostBusy]).toContain(true)
    expect(reasons.join()).toContain('event loop busy')
    const message = messageOf(() => expect(run.request('GET /a')).toHaveP95Below('50ms'))
    expect(message.replaceAll(/\s+/g, ' ')).toContain('the service may be faster than this')
  })

  test('keeps users waiting longer than they should: no load as it was asked for', async () => {
    const user = defineUser({ name: 'thinker', thinkTime: '500ms' }, { work: () => block(100) })
    const run = await load(undefined, { users: 20, duration: '3s' }, user)
    const { planned, late } = run.generator.waits
    expect(late).toBeGreaterThan(0.5 * planned)
    expect(() => assertDelivered(run)).toThrow(UndeliveredError)
    expect(() => assertDelivered(run)).toThrow('users were to wait')
  })
})

describe('a generator that has time left', () => {
  test('is not saturated, and its limits fail without an excuse', async () => {
    await using server = await service()
    const run = await load(server, { users: 5, duration: '1500ms' }, async ({ http, pause }) => {
      await http.get('/a')
      await pause('50ms')
    })
    expect(run.generator.saturated).toBe(false)
    expect(assertDelivered(run)).toBe(run)
    expect(messageOf(() => expect(run).toHaveP50Below('0.001ms'))).not.toContain('saturated')
  })

  test('says what it did: its loop, its CPU, its waits, its connections, its users', async () => {
    await using server = await service()
    const options = { users: 5, rampUp: '100ms', duration: '1200ms' } as const
    const { generator, duration } = await load(server, options, async ({ http, pause }) => {
      await http.get('/a')
      await pause('100ms')
    })
    expect(generator.kind).toBe('generator')
    expect(generator.watched).toBeCloseTo(duration, -2)
    expect(generator.loop.series.length).toBeGreaterThan(0)
    expect(generator.cpu.cores).toBeGreaterThan(0)
    expect(generator.lag.count).toBeGreaterThan(5)
    expect(generator.waits.planned).toBe(100 * generator.lag.count)
    expect(generator.users).toEqual({ asked: 5, reached: 5 })
  })
})

describe('connections', () => {
  test('that a call had to wait for are counted in the phase in which it did', async () => {
    await using server = await service()
    const run = await load(server, { users: 3, iterations: 30 }, ({ http }) => http.get('/a'))
    expect(run.generator.opened.count).toBe(3)
    expect(run.generator.opened.max).toBeGreaterThan(0)
    const warm = { users: 3, warmUp: '200ms', duration: '200ms' } as const
    const later = await load(server, warm, async ({ http }) => {
      await http.get('/a')
      await sleep(5)
    })
    expect(later.generator.opened.count).toBe(0)
  })

  test('of a load that opens one for each request: as many as requests', async () => {
    await using server = await service()
    const options = { users: 2, iterations: 10, connection: 'perRequest' } as const
    const run = await load(server, options, ({ http }) => http.get('/a'))
    expect(run.generator.opened.count).toBe(10)
  })

  test('opened ahead of an open load are none that a call waited for', async () => {
    await using server = await service()
    const run = await load(server, { rate: '50/s', duration: '400ms' }, ({ http }) =>
      http.get('/a'),
    )
    expect(run.generator.opened.count).toBe(0)
    expect(run.generator.lag.count).toBe(20)
  })
})

test('operations in flight: the time of all of them by the time there was', async () => {
  const { generator, iterations, duration } = await load(
    undefined,
    { users: 4, iterations: 40 },
    () => sleep(20),
  )
  const busy = (iterations.latency.mean ?? 0) * iterations.ok
  expect(generator.inFlight).toBeCloseTo(busy / duration, 6)
  expect(generator.inFlight).toBeLessThanOrEqual(4)
})

describe('all that was intended is accounted for', () => {
  const sumOf = (accounting: LoadRun['generator']['iterations']): number => {
    const { ok, failed, aborted, dropped, unfinished } = accounting
    return ok + failed + aborted + dropped + unfinished
  }

  test('in a load that has every outcome: answers, failures, requests given up and cut off, dropped arrivals', async () => {
    await using server = await service()
    const options = { rate: '100/s', duration: '1s', maxUsers: 20, gracefulStop: '100ms' } as const
    const PATHS = ['/a', '/a', '/fails', '/a', '/never']
    const run = await load(server, options, async ({ http, iteration, user }) => {
      await http.get(PATHS[(iteration + user) % PATHS.length] as string, { name: 'get' })
    })
    const { iterations, requests } = run.generator
    for (const each of [iterations, requests]) {
      expect(each.intended).toBe(sumOf(each))
      expect(each).toMatchObject({ unfinished: 0 })
      for (const part of ['ok', 'failed', 'aborted', 'dropped'] as const) {
        expect(each[part]).toBeGreaterThan(0)
      }
    }
    expect(iterations.intended).toBe(run.arrivals?.intended)
    expect(iterations.intended).toBe(100)
    expect(requests.ok + requests.failed + requests.aborted).toBe(server.seen.all)
    expect(iterations.aborted).toBe(run.iterations.aborted)
  })

  test('a user that starts again begins one iteration, not two', async () => {
    let tries = 0
    const user = defineUser(
      {
        name: 'late',
        onStart: () => {
          if (++tries < 3) throw new Error('not yet')
        },
      },
      { work: () => sleep(1) },
    )
    const { generator } = await load(undefined, { users: 1, iterations: 5 }, user)
    const { intended, ok, failed, unfinished } = generator.iterations
    expect([intended, ok, failed, unfinished]).toEqual([5, 3, 2, 0])
  })

  test('a scenario that goes on although it was cut off is left behind, unfinished', async () => {
    const options = { users: 2, duration: 50, gracefulStop: 20 }
    const { generator } = await load(undefined, options, () => new Promise(() => {}))
    expect(generator.iterations).toMatchObject({ intended: 2, ok: 0, unfinished: 2 })
  })
})

test('loads that run one after another leave no watcher behind', async () => {
  const active = (): number => process.getActiveResourcesInfo().length
  const once = (): Promise<LoadRun> => load(undefined, { users: 2, iterations: 4 }, () => sleep(1))
  await once()
  const before = active()
  for (let turn = 0; turn < 5; turn++) await once()
  expect(active()).toBeLessThanOrEqual(before)
})
