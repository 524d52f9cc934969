import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/report/display-width.ts'
import { parseRunFile } from '../../src/run-file/parse-run-file.ts'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { vitestProject } from '../support/vitest-project.ts'
import type { VitestProject } from '../support/vitest-project.ts'

const SUITE = `
import { describe, expect, test } from 'vitest-perf'
describe('a group with a name that is long enough to fill most of a line', () => {
  test('misses limits', async ({ load }) => {
    const run = await load({ users: 1, iterations: 20 }, async ({ http, iteration, metrics }) => {
      metrics.count('tokens', 3)
      await http.get('/a/rather/long/path/that/fits/into/no/column/of/any/terminal')
      if (iteration === 3) throw new RangeError('a message that is long, with 表情文字 and 🎉 in it, and on it goes')
      await http.get('/', { expect: iteration % 2 ? 200 : 418, name: 'teapot' })
    })
    expect.soft(run).toHaveSuccessRateAbove('99%')
    expect.soft(run.request('teapot')).toHaveP95Below('0.01ms')
    expect.soft(run.request('teapot')).not.toHaveP95Below('0.01ms')
  })
  test('throws', async ({ load }) => {
    await load({ users: 1, iterations: 2 }, ({ http }) => http.get('/'))
    throw new TypeError('something else is wrong, told in a message that is longer than eighty columns')
  })
  test('passes', async ({ load }) => {
    const run = await load({ users: 1, iterations: 2 }, ({ http }) => http.get('/'))
    expect(run).toHaveSuccessRateAbove('99%')
  })
})
test('integrates', async ({ http }) => expect((await http.get('/')).status).toBe(200))
test.skip('is skipped', ({ load }) => load({ users: 1, iterations: 1 }, () => {}))
test.todo('is to do')
`

async function suite(
  name: string,
  files: Readonly<Record<string, string>> = {},
): Promise<VitestProject> {
  const { options } = await withService()
  return vitestProject(name, {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    'suite.perf.ts': SUITE,
    ...files,
  })
}

/** What is printed below Vitest's own lines. */
const summaryOf = (output: string): string => output.slice(output.indexOf('\n PERF ') + 1)

describe('the summary', { timeout: 60_000 }, () => {
  test('of a suite that fails: in 80 columns, and the whole of it in the run file', async () => {
    await using project = await suite('results-failing')
    const run = await project.run()
    expect(run.code).toBe(1)
    const summary = summaryOf(run.output)
    const lines = summary.split('\n')
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80)
    // The others hold figures that differ from run to run.
    const steady = lines.filter((line) => /^( PERF| {3}(✗|✓|metrics|errors)| \d)/.test(line))
    expect(steady.join('\n').replace(/\{"pid.*/, '{…')).toMatchInlineSnapshot(`
      " PERF  ✓ 1 of 1  suite.perf.ts › … › passes
         ✓ success rate of all requests  100 %  limit 99 %  100 % spare ~
       PERF  ✗ 2 of 3 missed  suite.perf.ts › … › misses limits
         ✗ success rate of all requests  72.5 %  limit 99 %     26.5 points under
         ✗ p95 latency of teapot          never  limit 0.01 ms    too many failed
         ✓ p95 latency of teapot          never  not ≤ 0.01 ms
         metrics   tokens 60
         errors    10× 200 teapot  {…
       PERF  ✗ failed  suite.perf.ts › … › throws
         ✗ something else is wrong, told in a message that is longer than eighty colu…
       3 performance tests: 2 failed · 1 passed
       1 integration test passed
       2 tests: 2 skipped"
    `)
    expect(lines).toContainEqual(expect.stringMatching(/^ {3}GET \/a\/.*….* 20 .* 0 %$/))
    expect(lines).toContainEqual(expect.stringMatching(/^ {3}teapot +19 .* 52.6 %$/))
    const path = /^ run file {2}(.+)$/m.exec(summary)?.[1] ?? ''
    const file = parseRunFile(await project.read(path), path)
    expect(file.ending).toBe('complete')
    expect(
      file.tests.map(({ name, state, record }) => [
        name.split(' > ').at(-1),
        state,
        record.runs.length,
      ]),
    ).toEqual([
      ['misses limits', 'failed', 1],
      ['throws', 'failed', 1],
      ['passes', 'passed', 1],
      ['integrates', 'passed', 0],
      ['is skipped', 'skipped', 0],
      ['is to do', 'skipped', 0],
    ])
  })

  test('of a suite that passes; none where no perf test is selected', async () => {
    await using project = await suite('results-passing')
    const passing = await project.run(['-t', 'passes'])
    expect(passing.code, passing.output).toBe(0)
    expect(passing.output).toContain(' 1 performance test passed\n')
    const none = await project.run(['-t', 'no test has this name'])
    expect(none.output).not.toMatch(/PERF|run file|performance/)
    expect(await project.runFiles()).toHaveLength(1)
  })

  test('says why there is no run file, and spoils no test', async () => {
    await using project = await suite('results-unwritable', { '.vitest': 'a file, no folder' })
    const run = await project.run(['-t', 'passes'])
    expect(run.code, run.output).toBe(0)
    const warning = / ! the run file was not written: E\w+: [\w ]+, mkdir '/
    expect(run.output.match(new RegExp(warning, 'g')), run.output).toHaveLength(1)
    expect(run.output).not.toMatch(/^ run file/m)
  })

  test.each([
    ['FORCE_COLOR', '1', true],
    ['FORCE_COLOR', '0', false],
    ['NO_COLOR', '1', false],
    ['CI', 'true', true],
  ])('%s=%s', async (name, value, colored) => {
    await using project = await suite(`results-${name}-${value}`)
    const run = await project.run(['-t', 'passes'], { env: { [name]: value } })
    expect(summaryOf(run.output)).toMatch(/^ PERF {2}✓ 1 of 1 /)
    expect(run.colored.includes('\u001B[42m PERF ')).toBe(colored)
  })
})

test(
  'a coding agent is told of what passed in a line, without colours',
  { timeout: 60_000 },
  async () => {
    await using project = await suite('results-agent')
    const run = await project.run([], { env: { AI_AGENT: 'some-agent', CI: 'true' } })
    const summary = summaryOf(run.output)
    expect(run.colored).not.toContain('\u001B[42m PERF ')
    expect(summary).toMatch(/^ PERF {2}✓ 1 of 1 .+ › passes\n.+ seed \d+\n\n/)
    expect(summary).toMatch(/^ {3}✗ p95 latency of teapot/m)
  },
)

test('on GitHub the summary is added to that of the step', { timeout: 60_000 }, async () => {
  await using project = await suite('results-github', { 'step.md': 'of an earlier command\n' })
  const env = { GITHUB_STEP_SUMMARY: `${project.root}/step.md` }
  await project.run(['-t', 'passes'], { env })
  const missing = await project.run(['-t', 'misses'], { env })
  expect(missing.output).toMatch(/^ {3}re-run {4}PERF_SEED=\d+ npx vitest run suite\.perf\.ts \\$/m)
  expect(missing.output).toMatch(/^ compare {3}npx vitest-perf compare \d{4}-\S+$/m)
  const text = await project.read('step.md')
  expect(text.split('\n').filter((line) => /^(of|##)/.test(line))).toEqual([
    'of an earlier command',
    '## ✅ Performance: 1 test passed',
    '## ❌ Performance: 1 of 1 test failed',
  ])
  expect(text).toContain('| ❌ | success rate of all requests |')
  expect(text).toContain('- ~ not proven: success rate at 95 % needs ≥1,000 requests, had 2\n')
  const unwritable = await project.run(['-t', 'passes'], {
    env: { GITHUB_STEP_SUMMARY: project.root },
  })
  expect(unwritable.code).toBe(0)
  expect(unwritable.output).toContain('perf: GITHUB_STEP_SUMMARY was not written: ')
})
