import { afterAll, beforeAll, expect, test } from 'vitest'
import { config } from '../support/fixture-service.ts'
import { redisServer, type RedisServer } from '../support/redis-server.ts'
import { serve } from '../support/servers.ts'
import { vitestProject, type VitestProject } from '../support/vitest-project.ts'

const shared: { redis?: RedisServer } = {}
beforeAll(async () => void (shared.redis = await redisServer()))
afterAll(async () => shared.redis?.[Symbol.asyncDispose]())

const SUITE = `
import { expect, once, test } from 'vitest-perf'

test('reads', async ({ load }) => {
  const room = await once('room', () => 'room-of-' + process.env.PERF_GENERATOR.at(0))
  const run = await load({ users: 4, iterations: 40 }, async ({ http, iteration }) => {
    await http.get('/' + room)
  })
  expect(run.iterations.count).toBe(40)
  expect(run).toHaveErrorRateBelow('1%')
})
`

const SECOND = `
import { expect, test } from 'vitest-perf'

test('is quick', async ({ load }) => {
  const run = await load({ users: 2, iterations: 4 }, async ({ http }) => {
    await http.get('/slow')
  })
  expect(run).toHaveP95Below(1)
})
`

/** One project of each machine, with the same files. */
async function machines(name: string, of: number, suite = SUITE): Promise<VitestProject[]> {
  const files = { 'vitest.config.ts': config(`include: '**/*.perf.ts'`), 'a.perf.ts': suite }
  return Promise.all(
    Array.from({ length: of }, (_, nth) => vitestProject(`machines-${name}-${nth + 1}`, files)),
  )
}

/** What the process of one machine is told. */
const told = (run: string, generator: string, baseUrl: string): Record<string, string> => ({
  PERF_RUN_ID: run,
  PERF_GENERATOR: generator,
  PERF_RENDEZVOUS: shared.redis?.url ?? '',
  PERF_BASE_URL: baseUrl,
})

test('two machines make one run: the same figures and the same verdict on each', async () => {
  const asked: string[] = []
  await using server = await serve((request, response) => {
    asked.push(request.url ?? '')
    setTimeout(() => response.end('ok'), request.url === '/slow' ? 20 : 0)
  })
  const [one, two] = (await machines('one-run', 2)) as [VitestProject, VitestProject]
  // Vitest takes the longest file first, which is another one on each of them.
  await one.write({ 'b.perf.ts': SECOND })
  await two.write({ 'b.perf.ts': `${SECOND}//${' '.repeat(10_000)}` })
  const runs = await Promise.all([
    one.run(['--project', 'perf'], { env: told('one-run', '1/2', server.url) }),
    two.run(['--project', 'perf'], { env: told('one-run', '2/2', server.url) }),
  ])
  expect(runs.map(({ code }) => code)).toEqual([1, 1])
  expect(asked.filter((url) => url === '/slow')).toHaveLength(4)
  const rooms = asked.filter((url) => url !== '/slow')
  expect([rooms.length, new Set(rooms).size]).toEqual([40, 1])
  const [[first], [second]] = await Promise.all([one.runFiles(), two.runFiles()])
  expect(first?.tests.map(({ state }) => state)).toEqual(['passed', 'failed'])
  expect(first?.tests.every(({ record }) => record.runs.length === 1)).toBe(true)
  expect(second?.tests.map(({ record }) => record)).toEqual(
    first?.tests.map(({ record }) => record),
  )
})

const LONG = `
import { test } from 'vitest-perf'

test('goes on', async ({ load }) => {
  await load({ users: 4, duration: '2m' }, async ({ http, pause }) => {
    await http.get('/')
    await pause(50)
  })
})
`

test(
  'a machine that is lost in mid-run fails all of it; a second run of the same id harms nobody',
  { timeout: 120_000 },
  async () => {
    const asked = Promise.withResolvers<void>()
    await using server = await serve((_, response) => {
      asked.resolve()
      response.end('ok')
    })
    const [one, two, again] = (await machines('lost', 3, LONG)) as [
      VitestProject,
      VitestProject,
      VitestProject,
    ]
    const first = one.start(['run'], { env: told('lost', '1/2', server.url) })
    const second = two.start(['run'], { env: told('lost', '2/2', server.url) })
    await Promise.race([asked.promise, first.ended, second.ended])
    const stranger = await again.run([], { env: told('lost', '2/2', server.url) })
    expect(stranger.code).toBe(1)
    expect(stranger.output).toContain('generator 2 of 2 of run lost is taken: by process')
    second.signal('SIGKILL', 'group')
    const { code, output } = await first.ended
    expect(code).toBe(1)
    expect(output).toContain(
      'the load was not delivered: generator 2 of 2: it gave no sign of life for 10 s',
    )
    const [file] = await one.runFiles()
    expect(file?.tests.map(({ state }) => state)).toEqual(['failed'])
  },
)

test('a machine that never comes is named, and nothing is sent', async () => {
  const asked: string[] = []
  await using server = await serve(({ method = '', url = '' }, response) => {
    if (method === 'GET') asked.push(url)
    response.end('ok')
  })
  const [one] = (await machines('alone', 1, LONG)) as [VitestProject]
  const env = { ...told('alone', '1/2', server.url), PERF_JOIN_TIMEOUT: '500ms' }
  const { code, output } = await one.run([], { env })
  expect(code).toBe(1)
  expect(output).toMatch(/generator 2 of 2 did not come to "load 1\/ready" within 500 ms/)
  expect(asked).toEqual([])
})

test('a Redis that forgets fails the run of all, and says so', { timeout: 120_000 }, async () => {
  const asked = Promise.withResolvers<void>()
  await using server = await serve((_, response) => {
    asked.resolve()
    response.end('ok')
  })
  await using redis = await redisServer()
  const projects = await machines('forgets', 2, LONG)
  const runs = projects.map((each, nth) => {
    const env = { ...told('forgets', `${nth + 1}/2`, server.url), PERF_RENDEZVOUS: redis.url }
    return each.start(['run'], { env })
  })
  await Promise.race([asked.promise, ...runs.map(({ ended }) => ended)])
  await redis.kill()
  await redis.start()
  for (const { ended } of runs) {
    const { code, output } = await ended
    expect(code).toBe(1)
    expect(output).toContain('the load was not delivered')
    expect(output).toContain('lost what this run kept in it')
  }
})
