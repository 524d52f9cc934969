import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { generator, type Generator } from '../support/generators.ts'
import { redisServer, type RedisServer } from '../support/redis-server.ts'

/** Where the end of it is waited for. Elsewhere it is 10 s: a busy machine freezes nobody that long. */
const LEASE = 2_500

const shared: { redis?: RedisServer } = {}
beforeAll(async () => void (shared.redis = await redisServer()))
afterAll(async () => shared.redis?.[Symbol.asyncDispose]())

interface Given {
  readonly run: string
  readonly url?: string
  readonly index?: number
  readonly of?: number
  readonly meeting?: string
  readonly nonce?: string
  readonly lease?: number
  readonly facts?: Readonly<Record<string, string>>
}

function start({ run, index = 0, of = 2, ...given }: Given): Generator {
  const url = shared.redis?.url ?? ''
  return generator({ url, run, share: { index, of }, facts: {}, ...given })
}

async function pair(given: Given): Promise<[Generator, Generator]> {
  const other = given.nonce === undefined ? given : { ...given, nonce: `${given.nonce}, other` }
  const both = [start(given), start({ ...other, index: 1 })] as [Generator, Generator]
  await Promise.all(both.map(({ joined }) => joined))
  return both
}

/** The message, without what is different each time. */
async function messageOf(promise: Promise<unknown>): Promise<string> {
  const message = await promise.then(
    (value) => `no error, but ${JSON.stringify(value)}`,
    (problem: Error) => problem.message,
  )
  return plain(message)
}

const plain = (text: string): string =>
  text
    .replaceAll(/process \d+ on [^\s,]+, since [\dT:.-]+Z/g, 'process 1 on host, since today')
    .replaceAll(/:\d{4,5}\b/g, ':6379')
    .replaceAll(/\b[\da-f]{40}\b/g, 'digest')

describe('a generator that is gone', () => {
  test('killed: all others hear it, and who waits for it stops waiting', async () => {
    const [first, second] = await pair({ run: 'killed', lease: LEASE })
    const waiting = messageOf(first.come('end'))
    await second.kill()
    expect(await waiting).toMatchInlineSnapshot(
      `"run killed, a.perf.ts: generator 2 of 2 is lost before "end": it gave no sign of life for 2.5 s (process 1 on host, since today)"`,
    )
    expect((await first.lost()).map(({ generator: index, why }) => [index, plain(why)]))
      .toMatchInlineSnapshot(`
      [
        [
          1,
          "it gave no sign of life for 2.5 s (process 1 on host, since today)",
        ],
      ]
    `)
  })

  test('killed while it makes what all wait for', async () => {
    const [first, second] = await pair({ run: 'maker', lease: LEASE })
    second.make('database', { after: 60_000 }).catch(() => undefined)
    const made = 'vitest-perf:{maker}:a.perf.ts:made:database'
    await vi.waitUntil(async () => (await shared.redis?.cli('EXISTS', made)) === '1', 20_000)
    const taken = messageOf(first.make('database', { value: 'mine' }))
    await second.kill()
    expect(await taken).toMatchInlineSnapshot(
      `"run maker, a.perf.ts: generator 2 of 2 was lost while it made "database""`,
    )
  })

  test('frozen, and back again: it hears that the others gave it up', async () => {
    const [first, second] = await pair({ run: 'frozen', lease: LEASE })
    second.signal('SIGSTOP')
    expect(await messageOf(first.come('end'))).toMatchInlineSnapshot(
      `"run frozen, a.perf.ts: generator 2 of 2 is lost before "end": it gave no sign of life for 2.5 s (process 1 on host, since today)"`,
    )
    second.signal('SIGCONT')
    expect((await second.lost()).map(({ generator: index }) => index)).toEqual([1])
  })

  test('gone in good order, before what the others wait for', async () => {
    const [first, second] = await pair({ run: 'left' })
    const waiting = messageOf(first.come('load 2'))
    await second.leave()
    expect(await waiting).toMatchInlineSnapshot(
      `"run left, a.perf.ts: generator 2 of 2 left before "load 2". Did the test fail, or end early, there?"`,
    )
  })

  test('never come: it is named, and told when it comes too late', async () => {
    const first = start({ run: 'late', of: 3 })
    const third = start({ run: 'late', of: 3, index: 2 })
    await Promise.all([first.joined, third.joined])
    const waiting = messageOf(third.come('load 1', 20_000))
    const came = 'vitest-perf:{late}:a.perf.ts:event:load 1'
    await vi.waitUntil(async () => (await shared.redis?.cli('SCARD', came)) === '1', 20_000)
    const gaveUp = messageOf(first.come('load 1', 500))
    expect(await Promise.all([gaveUp, waiting])).toMatchInlineSnapshot(`
      [
        "run late, a.perf.ts: generator 2 of 3 did not come to "load 1" within 500 ms (generator 2 of 3 was never there)",
        "run late, a.perf.ts: generator 2 of 3 is lost before "load 1": it did not come to "load 1" within 500 ms",
      ]
    `)
    const second = start({ run: 'late', of: 3, index: 1 })
    expect(await messageOf(second.joined)).toMatchInlineSnapshot(
      `"generator 2 of 3 cannot take part, run late has been given up: generator 2 of 3: it did not come to "load 1" within 500 ms"`,
    )
  })
})

describe('a stranger', () => {
  test('another run with the same id is refused, and harms nobody', async () => {
    const [first, second] = await pair({ run: 'twice' })
    const strangers = [
      start({ run: 'twice' }),
      start({ run: 'twice', index: 2, of: 3, facts: { test: 'b' } }),
    ]
    const messages = await Promise.all(strangers.map(({ joined }) => messageOf(joined)))
    expect(messages[0]).toMatchInlineSnapshot(
      `"generator 1 of 2 of run twice is taken: by process 1 on host, since today. Give every run a PERF_RUN_ID, and every generator a PERF_GENERATOR, of its own"`,
    )
    expect(messages[1]).toMatchInlineSnapshot(`
      "generator 3 of 3 does not belong to run twice, begun by process 1 on host, since today:
        test: b here, nothing there
      Start the same package and tests everywhere, and give every run a PERF_RUN_ID of its own"
    `)
    await Promise.all([first.come('end'), second.come('end')])
  })

  test('another version, another test: both are shown, and those who wait hear it', async () => {
    const first = start({ run: 'facts', facts: { version: '1.0.0', test: 'a.perf.ts' } })
    await first.joined
    const waiting = messageOf(first.come('load 1'))
    const second = start({ run: 'facts', index: 1, facts: { version: '1.1.0', test: 'b.perf.ts' } })
    expect(await messageOf(second.joined)).toMatchInlineSnapshot(`
      "generator 2 of 2 does not belong to run facts, begun by process 1 on host, since today:
        version: 1.1.0 here, 1.0.0 there
        test: b.perf.ts here, a.perf.ts there
      Start the same package and tests everywhere, and give every run a PERF_RUN_ID of its own"
    `)
    expect(await waiting).toMatchInlineSnapshot(`
      "run facts, a.perf.ts: generator 2 of 2 is lost before "load 1": it would run something else:
        version: 1.0.0 here, 1.1.0 there
        test: a.perf.ts here, b.perf.ts there"
    `)
    expect((await first.lost()).map(({ why }) => why)).toMatchInlineSnapshot(`
      [
        "it would run something else:
        version: 1.0.0 here, 1.1.0 there
        test: a.perf.ts here, b.perf.ts there",
      ]
    `)
  })
})

describe('a run of several tests', () => {
  test('has a meeting for each; whoever is elsewhere is found', async () => {
    const third = { run: 'third', nonce: 'one process' }
    await start({ ...third, meeting: 'a.perf.ts' }).joined
    await start({ ...third, meeting: 'b.perf.ts' }).joined
    const other = start({ run: 'third', index: 1, meeting: 'c.perf.ts' })
    await other.joined
    expect(await messageOf(other.come('load 1', 100))).toMatchInlineSnapshot(
      `"run third, c.perf.ts: generator 1 of 2 did not come to "load 1" within 100 ms (generator 1 of 2 came last to b.perf.ts)"`,
    )
    const stranger = start({ run: 'third', meeting: 'd.perf.ts' })
    expect(await messageOf(stranger.joined)).toContain('generator 1 of 2 of run third is taken')
  })

  test('whoever was lost in one is missed in the next, and nobody waits for it', async () => {
    const [first, second] = await pair({ run: 'next', nonce: 'a', lease: LEASE })
    await second.kill()
    await first.lost()
    await first.leave()
    const again = start({ run: 'next', nonce: 'a', meeting: 'b.perf.ts' })
    expect(await messageOf(again.joined)).toMatchInlineSnapshot(
      `"generator 1 of 2 cannot take part, run next has been given up: generator 2 of 2: it gave no sign of life for 2.5 s"`,
    )
  })
})

describe('a Redis that is gone', () => {
  test('restarted with its data: nothing is lost, and nothing counted twice', async () => {
    await using redis = await redisServer({ keeps: true })
    const [first, second] = await pair({ run: 'restart', url: redis.url })
    await first.append('pulses', '0')
    await redis.kill()
    // Sent while nobody is there to take it.
    const sent = first.append('pulses', '1')
    await redis.start()
    await sent
    await first.append('pulses', '2')
    expect((await second.read('pulses', 3)).map(({ sequence, data }) => [sequence, data])).toEqual([
      [0, '0'],
      [1, '1'],
      [2, '2'],
    ])
    await Promise.all([first.come('end'), second.come('end')])
    expect(await redis.cli('XLEN', 'vitest-perf:{restart}:a.perf.ts:stream:pulses')).toBe('3')
  })

  test('restarted without its data: each generator fails, and says so', async () => {
    await using redis = await redisServer()
    const [first, second] = await pair({ run: 'empty', url: redis.url })
    await redis.kill()
    await redis.start()
    const messages = await Promise.all([first.come('end'), second.come('end')].map(messageOf))
    expect(messages[0]).toMatchInlineSnapshot(
      `"Redis at redis://127.0.0.1:6379 lost what this run kept in it: it was restarted without its data, emptied, or evicts keys (use maxmemory-policy noeviction). What the generators measured cannot be put together"`,
    )
    expect(messages[1]).toBe(messages[0])
  })

  test('frozen: nobody waits longer than for a lost generator', async () => {
    await using redis = await redisServer()
    const [first] = await pair({ run: 'silent', url: redis.url, lease: LEASE })
    redis.freeze()
    expect(await messageOf(first.come('end'))).toMatchInlineSnapshot(
      `"Redis at redis://127.0.0.1:6379 gave no answer for 2.5 s: is it still running, and can it be reached?"`,
    )
    const fresh = await messageOf(start({ run: 'silent', url: redis.url, lease: LEASE }).joined)
    expect(fresh).toMatchInlineSnapshot(
      `"Redis at redis://127.0.0.1:6379 cannot be reached within 2.5 s. Start it, or correct PERF_RENDEZVOUS"`,
    )
  })

  test('never there', async () => {
    expect(
      await messageOf(
        start({ run: 'none', url: 'redis://me:secret@127.0.0.1:1', lease: 1_500 }).joined,
      ),
    ).toMatchInlineSnapshot(
      `"Redis at redis://127.0.0.1:1 cannot be reached within 1.5 s (connect ECONNREFUSED 127.0.0.1:1). Start it, or correct PERF_RENDEZVOUS"`,
    )
  })

  test('full', async () => {
    await using redis = await redisServer({ args: () => ['--maxmemory', '8mb'] })
    const [first] = await pair({ run: 'full', url: redis.url })
    const messages: string[] = []
    for (let nth = 0; nth < 12 && messages.length === 0; nth++) {
      await first
        .append('pulses', 'x'.repeat(1_000_000))
        .catch((problem: Error) => messages.push(problem.message))
    }
    expect(messages.map(plain)).toMatchInlineSnapshot(`
      [
        "Redis at redis://127.0.0.1:6379 has no memory left (OOM command not allowed when used memory > 'maxmemory'. script: digest, on @user_script:12.). Give it more (maxmemory), or let less be kept in it",
      ]
    `)
  })
})
