import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { Exchange } from '../../src/clients/exchange.ts'
import { InFlight, type Bounded } from '../../src/clients/in-flight.ts'
import { toTimeouts } from '../../src/clients/timeouts.ts'
import { FakeClock } from './fake-clock.ts'

/** Something that must end by a time, and notes what became of it. */
class Task implements Bounded {
  fate: string | undefined = undefined
  slot = -1
  order = 0
  readonly #by: number
  readonly #inFlight: InFlight

  constructor(inFlight: InFlight, by: number) {
    this.#by = by
    this.#inFlight = inFlight
    inFlight.add(this, by)
  }

  deadline(): number {
    return this.#by
  }

  expire(now: number): void {
    this.#end(`expired at ${now}`)
  }

  abort(reason: string): void {
    this.#end(`aborted: ${reason}`)
  }

  #end(fate: string): void {
    this.fate = fate
    this.#inFlight.delete(this)
  }
}

function setUp(): { clock: FakeClock; inFlight: InFlight } {
  const clock = new FakeClock()
  return { clock, inFlight: new InFlight(clock) }
}

test('each ends at its own deadline, under one timer', () => {
  const { clock, inFlight } = setUp()
  const tasks = [500, 200, 300].map((by) => new Task(inFlight, by))
  expect(clock.timers).toBe(1)
  clock.advanceTo(250)
  expect(tasks.map(({ fate }) => fate)).toEqual([undefined, 'expired at 200', undefined])
  expect(clock.timers).toBe(1)
  clock.advanceTo(1_000)
  expect(tasks.map(({ fate }) => fate)).toEqual([
    'expired at 500',
    'expired at 200',
    'expired at 300',
  ])
  expect([inFlight.size, clock.timers]).toEqual([0, 0])
})

test('whatever order they end in, the others stay watched', () => {
  const { clock, inFlight } = setUp()
  const tasks = Array.from({ length: 6 }, () => new Task(inFlight, 500))
  for (const at of [0, 5, 2, 2]) inFlight.delete(tasks[at] as Task)
  expect(inFlight.size).toBe(3)
  clock.advanceTo(500)
  expect(tasks.flatMap(({ fate }, at) => (fate === undefined ? [] : [at]))).toEqual([1, 3, 4])
  expect(inFlight.size).toBe(0)
})

test('one that ends another on its way leaves it nothing to expire', () => {
  const { clock, inFlight } = setUp()
  const ended: string[] = []
  const watch = (name: string): Bounded => ({
    slot: -1,
    order: 0,
    deadline: () => 100,
    abort: () => {},
    expire: () => {
      ended.push(name)
      for (const each of both) inFlight.delete(each)
    },
  })
  const both = [watch('one'), watch('other')]
  for (const each of both) inFlight.add(each, 100)
  clock.advanceTo(100)
  expect([ended, inFlight.size]).toEqual([['one'], 0])
})

test('a thousand calls one after another set one timer', () => {
  const { clock, inFlight } = setUp()
  for (let call = 0; call < 1_000; call++) inFlight.delete(new Task(inFlight, call + 10_000))
  expect(clock.set).toBe(1)
})

test('a near timer is taken back when nothing is under way', () => {
  const { clock, inFlight } = setUp()
  inFlight.delete(new Task(inFlight, 500))
  expect(clock.timers).toBe(0)
})

test('the timer of something that ended long ago fires for nobody and sets no other', () => {
  const { clock, inFlight } = setUp()
  inFlight.delete(new Task(inFlight, 10_000))
  clock.advanceTo(20_000)
  expect([clock.set, clock.timers]).toEqual([1, 0])
  const next = new Task(inFlight, 21_000)
  clock.advanceTo(21_000)
  expect(next.fate).toBe('expired at 21000')
})

test('abortAll ends what is under way and whatever comes later', () => {
  const { clock, inFlight } = setUp()
  const before = new Task(inFlight, 500)
  inFlight.abortAll('over')
  const after = new Task(inFlight, 900)
  expect([before.fate, after.fate]).toEqual(['aborted: over', 'aborted: over'])
  expect([inFlight.size, clock.timers]).toEqual([0, 0])
})

describe('the deadlines of an exchange', () => {
  const controller = {
    aborted: false,
    paused: false,
    reason: null,
    abort: () => {},
    pause: () => {},
    resume: () => {},
  }
  const timeouts = toTimeouts({ connect: 1_000, firstByte: 200, total: 2_000 }, 'timeout')

  function begun(): { clock: FakeClock; exchange: Exchange } {
    const { clock, inFlight } = setUp()
    const exchange = new Exchange(clock, inFlight, timeouts)
    exchange.begin()
    return { clock, exchange }
  }

  test.each([
    [1_000, undefined, undefined, 'no connection within 1000 ms (gave up after 1000 ms)'],
    [200, 0, undefined, 'no first byte within 200 ms (gave up after 200 ms)'],
    [1_100, 900, undefined, 'no first byte within 200 ms (gave up after 1100 ms)'],
    [2_000, 0, 100, 'no complete answer within 2000 ms (gave up after 2000 ms)'],
  ])('ends at %d when sent at %s, with a first byte at %s', (end, sent, firstByte, message) => {
    const { clock, exchange } = begun()
    clock.advanceTo(sent ?? 0)
    if (sent !== undefined) exchange.onRequestStart(controller)
    clock.advanceTo(firstByte ?? sent ?? 0)
    if (firstByte !== undefined) exchange.onResponseStart(controller, 200, {})
    clock.advanceTo(end - 1)
    expect(exchange.ended).toBe(false)
    clock.advanceTo(end)
    expect(exchange).toMatchObject({ outcome: 'timeout', endedAt: end, error: { message } })
    expect(clock.timers).toBe(0)
  })

  test('it ends once: what comes after its end changes nothing', () => {
    const { clock, exchange } = begun()
    exchange.onRequestStart(controller)
    exchange.onResponseStart(controller, 200, {})
    clock.advanceTo(50)
    exchange.onResponseEnd(controller, {})
    exchange.abort('late')
    exchange.onResponseError(controller, new Error('later'))
    expect(exchange).toMatchObject({ outcome: 'ok', endedAt: 50, error: undefined })
  })
})

test('no timer keeps a process alive', () => {
  const from = fileURLToPath(new URL('../../src/', import.meta.url))
  const program = `
    import { InFlight } from ${JSON.stringify(`${from}clients/in-flight.ts`)}
    import { realClock } from ${JSON.stringify(`${from}clock/clock.ts`)}
    const task = { slot: -1, deadline: () => Infinity, expire() {}, abort() {} }
    const inFlight = new InFlight(realClock)
    inFlight.add(task, realClock.now() + 60_000)
    inFlight.delete(task)
    inFlight.add(task, realClock.now() + 50_000)
  `
  const options = { input: program, timeout: 10_000, encoding: 'utf8' } as const
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module'], options)
  expect([status, stderr]).toEqual([0, ''])
})
