import { describe, expect, test } from 'vitest'
import { Pool } from 'undici'
import { perfMatchers } from '../../src/matchers.ts'
import { measureRetained } from '../../src/monitors/retained.ts'
import { parseServices } from '../../src/service/options.ts'
import { startService } from '../../src/service/start-service.ts'
import type { Service } from '../../src/service/start-service.ts'
import { codeCommand, freePort, scriptCommand } from '../support/service-processes.ts'

expect.extend(perfMatchers)

async function start(options: object): Promise<Service> {
  const baseUrl = `http://127.0.0.1:${await freePort()}`
  const [spec] = parseServices({ ready: '/health', name: 'api', ...options }, 'server', baseUrl)
  if (spec === undefined) throw new Error('no service')
  return startService(spec)
}

/** So many requests over ten connections, and all connections closed. */
async function request(url: string, count: number): Promise<number> {
  const pool = new Pool(url, { connections: 10 })
  const user = async (): Promise<void> => {
    for (let nth = 0; nth < count / 10; nth += 1) {
      const { body } = await pool.request({ method: 'GET', path: '/' })
      await body.dump()
    }
  }
  await Promise.all(Array.from({ length: 10 }, user))
  await pool.close()
  return count
}

async function measure(leak: number, churn: 'low' | 'high', requests: number) {
  const env = { LEAK: String(leak), CHURN: churn }
  await using service = await start({
    command: scriptCommand('service-leaks.ts'),
    inspect: true,
    env,
  })
  const url = String(service.url)
  return await measureRetained(
    {},
    () => request(url, requests),
    () => service.held(),
  )
}

describe('what each request leaves, of five servers', { timeout: 120_000 }, () => {
  test.each([
    ['no leak, little garbage', 0, 'low', 300],
    ['no leak, much garbage', 0, 'high', 200],
    ['a leak of 200 B', 200, 'low', 300],
    ['a leak of 2 KB', 2_048, 'low', 300],
    ['a leak of 200 B among much garbage', 200, 'high', 200],
  ] as const)('%s: %i B', async (_, leak, churn, requests) => {
    const retained = await measure(leak, churn, requests)
    const said = JSON.stringify(retained)
    if (leak === 0) {
      expect(retained, said).toHaveRetainedBelow('64B')
      return
    }
    expect(retained, said).not.toHaveRetainedBelow('64B')
    expect(retained.perRequest, said).toBeGreaterThan(leak * 0.75)
    expect(retained.perRequest, said).toBeLessThan(leak * 1.25)
  })
})

test('all processes of the service are added up', async () => {
  const serve = "require('http').createServer((q, a) => a.end()).listen(process.env.PORT)"
  const child =
    "globalThis.held = Buffer.alloc(30e6); setInterval(() => {}, 1e3); console.log('up')"
  await using alone = await start({ command: codeCommand(serve), inspect: true })
  await using both = await start({
    command: codeCommand(
      `${serve}; require('child_process').spawn(process.execPath, ['-e', process.env.CODE], { stdio: 'inherit' })`,
    ),
    env: { CODE: child },
    ready: { url: '/health', log: 'up' },
    inspect: true,
  })
  expect((await both.held()) - (await alone.held())).toBeGreaterThan(32e6)
})

test.each([
  [
    false,
    scriptCommand('service-leaks.ts'),
    'perf({ server: { inspect: true } }) starts it for that',
  ],
  [
    true,
    `env -u NODE_OPTIONS ${scriptCommand('service-leaks.ts')}`,
    'no process of it said so. A service that is not in Node needs retained({ collect })',
  ],
])(
  'with inspect: %j, a service that cannot be inspected says why',
  async (inspect, command, why) => {
    await using service = await start({ command, inspect })
    await expect(service.held()).rejects.toThrow(`cannot be inspected: ${why}`)
  },
)

describe('any way to collect will do', () => {
  const heldOf = (perRequest: number) => {
    const state = { requests: 0 }
    const round = async (nth: number): Promise<{ count: number }> => {
      const count = 100 + nth
      state.requests += count
      return { count }
    }
    return { round, held: () => 5e6 + perRequest * state.requests }
  }

  test('bytes for each request, the warm-up left out', async () => {
    const { round, held } = heldOf(48)
    const retained = await measureRetained({ rounds: 5, warmUp: 1 }, round, held)
    expect(retained).toMatchObject({ perRequest: 48, lower: 48, upper: 48, requests: 515 })
    expect(retained.points).toHaveLength(6)
    expect(retained.points[0]).toEqual({ requests: 0, bytes: 5e6 + 48 * 100 })
    expect(retained).toHaveRetainedBelow('48B')
    expect(retained).not.toHaveRetainedBelow(47)
  })

  test.each([[undefined], [0], ['5'], [{}]])('a round that gives %j is refused', async (given) => {
    await expect(
      measureRetained(
        {},
        async () => given as number,
        () => 1,
      ),
    ).rejects.toThrow(
      "retained(options, round) must be a function that gives the load's run or how many requests it made",
    )
  })

  test.each([
    [{ rounds: 4 }, 'retained.rounds must be a whole number of at least 5, got 4'],
    [{ warmUp: -1 }, 'retained.warmUp must be a whole number of at least 0, got -1'],
  ])('%j is refused', async (options, message) => {
    await expect(
      measureRetained(
        options,
        async () => 1,
        () => 1,
      ),
    ).rejects.toThrow(message)
  })
})
