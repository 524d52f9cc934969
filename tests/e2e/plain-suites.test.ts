import { describe, expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { linesOf } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'

const PLAIN = `
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { usePerf } from 'vitest-perf'

const seen = new Set()
beforeEach(() => void seen.add(usePerf().http))
afterEach(() => expect(seen.has(usePerf().http)).toBe(true))

test('awaits', async () => {
  const first = usePerf().http
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(usePerf().http).toBe(first)
  expect((await first.get('/')).status).toBe(200)
})
describe('concurrent', () => {
  const clients = []
  test.concurrent.each([0, 1, 2])('number %i', async (number) => {
    const { http } = usePerf()
    clients.push(http)
    await new Promise((resolve) => setTimeout(resolve, 20 - 5 * number))
    expect(usePerf().http).toBe(http)
  })
  test('each had its own', () => expect(new Set(clients).size).toBe(3))
})
describe('retries', () => {
  const clients = []
  test('get fresh clients', { retry: 2 }, async () => {
    const { http } = usePerf()
    clients.push(http)
    expect(http).not.toBe(clients.at(-2))
    await http.get('/')
    expect(clients).toHaveLength(3)
  })
})
test.each(['a', 'b'])('a load, %s', async (name) => {
  const run = await usePerf().load({ users: 2, iterations: 4 }, ({ http }) => http.get('/', { name }))
  expect.soft(run).toHaveSuccessRateAbove('99%')
  expect.soft(run.request(name)).toHaveP95Below('5s')
  expect.soft(run.request(name).count).toBe(4)
})
`

const OWN = `
import { test as base } from 'vitest'
import { defineSession, describe, expect, test as perf, withPerf } from 'vitest-perf'

const test = withPerf(base.extend({ account: async ({}, use) => use('alice') }))
test('has both', async ({ account, http, url }) => {
  expect(account).toBe('alice')
  expect((await http.get(url('/'))).status).toBe(200)
})
const more = test.extend({ token: async ({ http, account }, use) => use((await http.get('/')).status + account) })
more('and fixtures on top of them', ({ token }) => expect(token).toBe('200alice'))

perf.beforeAll(() => console.log('mark: before all'))
perf.afterAll(() => console.log('mark: after all'))
describe('a session in code', () => {
  const definition = defineSession({
    open: async ({ http }) => {
      await http.get('/', { name: 'log in' })
      console.log('mark: opened')
      return 'mine'
    },
    chat: ({ http }, text) => http.get('/' + '?' + text).then(() => 'said ' + text),
    close: async () => console.log('mark: closed'),
  })
  const test = perf.override({ sessionDefinition: definition })
  test('is used by the fixture', async ({ session }) => {
    expect(session.id).toBe('mine')
    expect(await session.chat('hello')).toBe('said hello')
  })
  test('and in a load', async ({ load }) => {
    const run = await load({ users: 2, iterations: 2 }, ({ session }) => session.chat('hello'))
    expect(run.request('chat').count).toBe(2)
  })
})
perf.for([[1, 2], [3, 4]])('for %i and %i', ([left, right], { http }) => expect(left + 1).toBe(right))
`

describe('suites that bring their own test', { timeout: 60_000 }, () => {
  test('usePerf() in plain tests, concurrent ones, hooks and retries; withPerf() and override()', async () => {
    const { options } = await withService()
    await using project = await vitestProject('plain-suites', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'plain.perf.ts': PLAIN,
      'own.perf.ts': OWN,
    })
    const run = await project.run()
    expect(run.code, run.output).toBe(0)
    expect(linesOf(run.output, 'mark: ').toSorted()).toMatchInlineSnapshot(`
      [
        "mark: after all",
        "mark: before all",
        "mark: closed",
        "mark: closed",
        "mark: closed",
        "mark: opened",
        "mark: opened",
        "mark: opened",
      ]
    `)
    const [file] = await project.runFiles()
    const kept = file?.tests.filter(({ record }) => record.runs.length > 0)
    expect(kept?.map(({ name, record }) => [name, record.verdicts.length])).toMatchInlineSnapshot(`
      [
        [
          "a session in code > and in a load",
          0,
        ],
        [
          "a load, a",
          2,
        ],
        [
          "a load, b",
          2,
        ],
      ]
    `)
  })
})
