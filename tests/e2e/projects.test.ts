import { describe, expect, test } from 'vitest'
import { config } from '../support/fixture-service.ts'
import { linesOf } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'

const UNIT = `
import { expect, test } from 'vitest'
test('one and one', () => {
  console.log('ran: unit')
  expect(1 + 1).toBe(2)
})
`

const perfFile = (name: string): string => `
import { expect, test } from 'vitest-perf'
test('${name} load', async ({ load }) => {
  console.log('ran: perf ${name}')
  const run = await load({ users: 2, iterations: 4 }, () => {})
  expect(run).toHaveSuccessRateAbove('99%')
})
`

/** Prints what Vitest made of the configuration of each file. */
const SHOW = `reporters: [{ onTestRunStart: (specifications) => {
  for (const { project: { name, config: c } } of specifications)
    console.log('config: ' + name, JSON.stringify({ pool: c.pool, retry: c.retry, testTimeout: c.testTimeout,
      coverage: c.coverage.enabled, maxWorkers: c.maxWorkers, isolate: c.isolate, environment: c.environment }))
} }]`

describe('the perf project', { timeout: 60_000 }, () => {
  test('runs after an ordinary suite, one file at a time, and by name', async () => {
    await using project = await vitestProject('projects-beside', {
      'vitest.config.ts': config(`include: '**/*.perf.ts'`, `test: { globalSetup: 'setup.ts' }`),
      'setup.ts': `export const setup = () => console.log('ran: global setup')`,
      'src/sum.test.ts': UNIT,
      'src/a.perf.ts': perfFile('a'),
      'src/b.perf.ts': perfFile('b'),
    })
    const all = await project.run()
    expect(all.code, all.output).toBe(0)
    const [setup, unit, ...perf] = linesOf(all.output, 'ran: ')
    expect([setup, unit]).toEqual(['ran: global setup', 'ran: unit'])
    expect(perf.toSorted()).toEqual(['ran: perf a', 'ran: perf b'])
    const only = async (name: string): Promise<string[]> =>
      linesOf((await project.run(['--project', name])).output, 'ran: ').toSorted()
    expect(await only('unit')).toEqual(['ran: global setup', 'ran: unit'])
    expect(await only('perf')).toEqual(['ran: global setup', 'ran: perf a', 'ran: perf b'])
  })

  test("runs last whatever the suite's projects are, and leaves its files to no other", async () => {
    await using project = await vitestProject('projects-own', {
      'vitest.config.ts': config(
        `include: ['tests/perf/**/*.ts', 'packages/a/perf/*.ts']`,
        `test: { projects: [
          { extends: true, test: { name: 'late', include: ['tests/**/*.ts'], sequence: { groupOrder: 2000 } } },
          { extends: true, test: { name: 'single', include: ['src/*.test.ts'], fileParallelism: false } },
          { test: { name: 'stranger', root: 'packages/a', include: ['**/*.ts'] } },
        ] }`,
      ),
      'src/sum.test.ts': UNIT,
      'tests/other.ts': UNIT,
      'packages/a/other.ts': UNIT,
      'tests/perf/a.ts': perfFile('a'),
      'packages/a/perf/b.ts': perfFile('b'),
    })
    const all = await project.run()
    expect(all.code, all.output).toBe(0)
    const ran = linesOf(all.output, 'ran: ')
    expect(ran.slice(0, 3)).toEqual(['ran: unit', 'ran: unit', 'ran: unit'])
    expect(ran.slice(3).toSorted()).toEqual(['ran: perf a', 'ran: perf b'])
    const late = await project.run(['--project', 'late'])
    expect(linesOf(late.output, 'ran: ')).toEqual(['ran: unit'])
  })

  test("keeps the suite's own name and globs, and perf tests that those would match run once", async () => {
    await using project = await vitestProject('projects-globs', {
      'vitest.config.ts': config(
        `include: 'spec/perf/*.spec.ts'`,
        `test: { name: 'api', include: ['spec/**/*.spec.ts'], exclude: ['spec/old/**'] }`,
      ),
      'spec/sum.spec.ts': UNIT,
      'spec/old/gone.spec.ts': `throw new Error('must not run')`,
      'spec/perf/a.spec.ts': perfFile('a'),
    })
    const all = await project.run()
    expect(all.code, all.output).toBe(0)
    expect(linesOf(all.output, 'ran: ')).toEqual(['ran: unit', 'ran: perf a'])
    expect(linesOf(all.output, ' ✓ ').map((line) => line.slice(0, 20))).toEqual([
      ' ✓  api  spec/sum.sp',
      ' ✓  perf  spec/perf/',
    ])
  })

  test('is what it must be, whatever the command line and the config say of the rest', async () => {
    await using project = await vitestProject('projects-cli', {
      'vitest.config.ts': config(`include: '**/*.perf.ts'`, `test: { pool: 'threads', ${SHOW} }`),
      'src/a.perf.ts': perfFile('a'),
    })
    const flags = ['--retry=2', '--testTimeout=5', '--maxWorkers=2', '--no-isolate']
    const run = await project.run([...flags, '--pool=threads', '--sequence.concurrent'])
    expect(run.code, run.output).toBe(0)
    expect(linesOf(run.output, 'config: ').join('\n')).toMatchInlineSnapshot(
      `"config: perf {"pool":"forks","retry":0,"testTimeout":0,"coverage":false,"maxWorkers":1,"isolate":true,"environment":"node"}"`,
    )
  })
})
