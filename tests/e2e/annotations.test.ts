import { describe, expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { vitestProject } from '../support/vitest-project.ts'

const SUITE = `import { expect, test } from 'vitest-perf'

test('passes', async ({ load }) => {
  const run = await load({ users: 1, iterations: 2, seed: 7 }, ({ http }) => http.get('/'))
  expect(run).toHaveSuccessRateAbove('99%')
})

test('misses a limit', async ({ load }) => {
  const run = await load({ users: 1, iterations: 2, seed: 7 }, ({ http }) => http.get('/'))
  expect(run).toHaveErrorRateBelow('1%')
  expect(run).toHaveP95Below('0.0001ms')
})
`

describe('notes for the reporters of Vitest', { timeout: 60_000 }, () => {
  test('are properties of JUnit, and one notice on GitHub for each load at its line', async () => {
    const { options } = await withService()
    await using project = await vitestProject('annotations', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'suite.perf.ts': SUITE,
    })
    const reporters = ['junit', 'github-actions', 'default'].map((name) => `--reporter=${name}`)
    const run = await project.run([...reporters, '--outputFile.junit=junit.xml'])
    expect(run.code).toBe(1)
    const notices = run.output.split('\n').filter((line) => line.startsWith('::notice'))
    expect(notices).toEqual([
      expect.stringMatching(
        /suite\.perf\.ts,line=4,column=\d+,title=perf%3A load::.* 2 requests .*p95/,
      ),
      expect.stringMatching(/suite\.perf\.ts,line=9,.* failed 0 %25$/),
    ])
    const xml = await project.read('junit.xml')
    const names = [...xml.matchAll(/<property name="([^"]+)" value="([^":]+)/g)]
    expect(names.map(([, name, subject]) => [name, subject])).toEqual([
      ['perf: load', expect.stringContaining(' · 1 user · 2 requests · ')],
      ['perf: limit met', 'success rate of all requests'],
      ['perf: load', expect.stringContaining('seed 7')],
      ['perf: limit met', 'error rate of all requests'],
      ['perf: limit missed', 'p95 latency of all requests'],
    ])
  })

  test('are not written where nobody reads them', async () => {
    const { options } = await withService()
    await using project = await vitestProject('annotations-none', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'suite.perf.ts': SUITE,
    })
    const { output } = await project.run(['--reporter=default'])
    expect(output).toContain('1 failed | 1 passed')
    expect(output).not.toContain('perf: load')
  })
})
