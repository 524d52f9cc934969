import { GENERATOR_FLAGS } from '../../src/vitest/perf-project.ts'
import { describe, expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { errorsIn, linesOf } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'

const TIMERS = `
import { afterEach, expect, test, vi } from 'vitest-perf'

afterEach(() => void vi.useRealTimers())
test('a faked clock does not reach the clients', async ({ http }) => {
  vi.useFakeTimers()
  expect((await http.get('/')).status).toBe(200)
})
test('but a load on one is refused', async ({ load }) => {
  vi.useFakeTimers()
  await expect(load({ users: 1, iterations: 1 }, () => {})).rejects.toThrow('needs real timers')
})
test('a call that hangs, on a faked clock', async ({ http }) => {
  vi.useFakeTimers()
  await expect(http.get('/never', { timeout: '50ms' })).rejects.toThrow('timed out')
})
`

const BENCH = `
import { expect, test } from 'vitest-perf'

test("Vitest's own bench beside a load", async ({ bench, load, measure }) => {
  const run = await load({ users: 1, iterations: 3 }, ({ http }) => http.get('/'))
  const quick = await bench('quick', () => JSON.stringify([1, 2, 3])).run({ time: 20, iterations: 50 })
  const measured = await measure(() => {}, { time: 20 })
  expect(quick).toHaveP95Below('1s')
  expect(measured).toHaveP95Below('1s')
  expect(quick).toBeFasterThan(run.request('GET /'))
  expect(run.request('GET /')).toBeSlowerThan(quick)
  console.log('mark: pid', process.pid, 'send' in process)
  console.log('room:', ...process.execArgv.filter((flag) => /semi-space|heap-growing|-gc/.test(flag)))
})
`

describe('what a suite may have around perf tests', { timeout: 60_000 }, () => {
  test('fake timers, a pool of threads, a search for async leaks', async () => {
    const { options } = await withService()
    await using project = await vitestProject('surroundings', {
      'vitest.config.ts': config(
        `include: '**/*.perf.ts', ${options}`,
        `test: { pool: 'threads', detectAsyncLeaks: true, globals: true }`,
      ),
      'service.mjs': SERVICE,
      'timers.perf.ts': TIMERS,
      'sum.test.ts': `test('one and one', () => expect(1 + 1).toBe(2))`,
    })
    const run = await project.run()
    expect(errorsIn(run.output)).toEqual([])
    expect(run.code, run.output).toBe(0)
    expect(run.output).not.toMatch(/leak/i)
  })

  test("Vitest's own bench", async () => {
    const { options } = await withService()
    await using project = await vitestProject('surroundings-bench', {
      'vitest.config.ts': config(
        `include: '**/*.perf.ts', ${options}`,
        `test: { pool: 'threads', execArgv: ['--max-semi-space-size=64'] }`,
      ),
      'service.mjs': SERVICE,
      'bench.perf.ts': BENCH,
    })
    const run = await project.run()
    expect(run.code, run.output).toBe(0)
    // A process of its own, whatever the pool of the rest is.
    expect(linesOf(run.output, 'mark: ')).toEqual([expect.stringMatching(/pid \d+ true/)])
    // Collected in short pauses; what the suite says about it comes last, and wins.
    const room = ['room:', ...GENERATOR_FLAGS, '--max-semi-space-size=64'].join(' ')
    expect(linesOf(run.output, 'room: ')).toEqual([room])
    const [file] = await project.runFiles()
    expect(file?.tests[0]?.record.verdicts.map(({ status }) => status)).toEqual(['pass', 'pass'])
  })

  test('a user-set timeout: the load stops, its results are kept', async () => {
    await using project = await vitestProject('surroundings-timeout', {
      'vitest.config.ts': config(`include: '**/*.perf.ts'`),
      'timeout.perf.ts': `
import { test } from 'vitest-perf'
test('a minute in 300 ms', { timeout: 300 }, async ({ load }) => {
  await load({ users: 2, duration: '60s' }, ({ pause }) => pause(10))
})
test('the next one', ({ load }) => load({ users: 2, iterations: 2 }, () => {}))
`,
    })
    const run = await project.run()
    expect(run.code).toBe(1)
    expect(errorsIn(run.output)[0]).toContain('Test timed out in 300ms')
    const [file] = await project.runFiles()
    const endings = file?.tests.map(({ state, record }) => [state, record.runs[0]?.ending])
    expect(endings).toEqual([
      ['failed', 'interrupted'],
      ['passed', 'complete'],
    ])
  })
})
