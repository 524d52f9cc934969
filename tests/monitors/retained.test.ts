import { describe, expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { measureRetained } from '../../src/monitors/retained.ts'
import { startOnFreePort } from '../support/start-on-free-port.ts'
import { codeCommand, scriptCommand } from '../support/service-processes.ts'

expect.extend(perfMatchers)

test('all processes of the service are added up', async () => {
  const serve = "require('http').createServer((q, a) => a.end()).listen(process.env.PORT)"
  const child =
    "globalThis.held = Buffer.alloc(30e6); setInterval(() => {}, 1e3); console.log('up')"
  await using alone = await startOnFreePort({ command: codeCommand(serve), inspect: true })
  await using both = await startOnFreePort({
    command: codeCommand(
      `${serve}; require('child_process').spawn(process.execPath, ['-e', process.env.CODE], { stdio: 'inherit' })`,
    ),
    env: { CODE: child },
    ready: { url: '/health', log: 'up' },
    inspect: true,
  })
  expect((await both.held()).bytes - (await alone.held()).bytes).toBeGreaterThan(32e6)
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
    await using service = await startOnFreePort({ command, inspect })
    await expect(service.held()).rejects.toThrow(`cannot be inspected: ${why}`)
  },
)

test('a service that is restarted between rounds cannot be compared', async () => {
  await using service = await startOnFreePort({
    command: scriptCommand('service-leaks.ts'),
    inspect: true,
  })
  const measured = measureRetained(
    { warmUp: 0 },
    async (round) => {
      if (round === 1) await service.restart()
      return 1
    },
    () => service.held(),
  )
  await expect(measured).rejects.toThrow(
    'retained: processes of the service came or went between the rounds (1 before, 1 now)',
  )
})

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
