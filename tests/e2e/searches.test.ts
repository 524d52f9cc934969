import { expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { freePort } from '../support/service-processes.ts'
import { vitestProject } from '../support/vitest-project.ts'

const SUITE = `
import { expect, test } from 'vitest-perf'

const get = ({ http }) => http.get('/')
test('two servers by their names', async ({ load }) => {
  const options = { users: 2, duration: '2.4s', block: '200ms' }
  const ab = await load.compare({ base: 'api', head: 'next' }, options, get)
  console.log('mark: compared', ab.base, ab.head, ab.pairs, JSON.stringify(ab).length < 10_000)
  expect(ab).toNotRegress({ errorRate: '50%' })
})
test('two functions', async ({ load }) => {
  const slow = async ({ http, pause }) => { await pause('40ms'); await http.get('/') }
  const ab = await load.compare({ base: get, head: slow }, { users: 1, duration: '2.4s', block: '200ms' })
  expect(ab).toNotRegress({ throughput: '10%' })
})
test('how many users', async ({ load }) => {
  const options = { slo: { errorRate: '1%' }, from: 1, to: 2, step: '200ms', confirm: 1 }
  const capacity = await load.findCapacity(options, get)
  expect(capacity).toSustain(2)
})
test('no targets', ({ load }) => load.compare({ base: 'api', head: 'nxet' }, { users: 1, duration: '1m' }, get))
`

test('comparisons and searches in a suite', { timeout: 90_000 }, async () => {
  const { port } = await withService()
  const head = await freePort()
  const url = (of: number): string => `http://127.0.0.1:${of}`
  const servers = [
    `{ name: 'api', command: 'node service.mjs', ready: '${url(port)}/' }`,
    `{ name: 'next', command: 'node service.mjs', ready: '${url(head)}/', env: { PORT: '${head}' } }`,
  ]
  await using project = await vitestProject('searches', {
    'vitest.config.ts': config(`baseUrl: '${url(port)}', server: [${servers.join(', ')}]`),
    'service.mjs': SERVICE,
    'a.perf.ts': SUITE,
  })
  const { output } = await project.run()
  expect(output).toContain('mark: compared api next 6 true')
  expect(output).toContain('drop of throughput of all requests')
  expect(output).toContain('must be a URL like')
  expect(output).toContain('did you mean "next"?')
  expect(output).toContain('base api, head next')
  expect(output).toContain('base get, head slow')
  expect(output).toContain('capacity  at least 2 users')

  const [file] = await project.runFiles()
  const records = file?.tests.map(({ record }) => record) ?? []
  expect(records.map(({ runs }) => runs.length)).toEqual([0, 0, 0, 0])
  expect(records[0]?.comparisons).toMatchObject([{ base: 'api', head: 'next', pairs: 6 }])
  expect(records[1]?.verdicts).toMatchObject([{ metric: 'throughput', status: 'fail' }])
  expect(records[2]?.capacities).toMatchObject([{ of: 'users', lower: 2, ending: 'to' }])
  expect(records[2]?.verdicts).toMatchObject([{ metric: 'capacity', unit: 'users', limit: 2 }])
})

const LONG = `
import { expect, test } from 'vitest-perf'
test('a search of minutes', async ({ load }) => {
  let began = 0
  const options = { slo: { errorRate: '99%' }, from: 1, to: 200, step: '1s', settle: 0 }
  const capacity = await load.findCapacity(options, async ({ http, iteration, user }) => {
    if (user === 0 && iteration === 0 && ++began === 3) console.log('mark: third run')
    await http.get('/')
  })
  console.log('mark: ended', capacity.ending, capacity.lower)
})
`

test('Ctrl+C keeps what a search has found so far', { timeout: 60_000 }, async () => {
  const { options } = await withService()
  await using project = await vitestProject('searches-signal', {
    'vitest.config.ts': config(options),
    'service.mjs': SERVICE,
    'long.perf.ts': LONG,
  })
  const vitest = project.start(['run'])
  await vitest.sees(/mark: third run/)
  vitest.signal('SIGINT')
  const { code, output } = await vitest.ended
  expect(code).toBe(130)
  expect(output).toMatch(/mark: ended interrupted [1-9]/)
  expect(output).toContain('! interrupted, this is what it had found')
  const [file] = await project.runFiles()
  expect(file?.tests[0]?.record.capacities).toMatchObject([{ ending: 'interrupted' }])
})
