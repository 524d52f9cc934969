import { describe, expect, test } from 'vitest'
import type { RunFile, TestEntry } from '../../src/run-file/run-file.ts'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { linesOf } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'

const perfFile = (name: string, limit: string): string => `
import { expect, test } from 'vitest-perf'
test('${name}', async ({ load }) => {
  const first = await load({ users: 2, iterations: 6 }, ({ http }) => http.get('/${name}'))
  expect(first).toHaveSuccessRateAbove('99%')
  const second = await load({ users: 1, iterations: 3 }, ({ http }) => http.get('/again'))
  expect(second.request('GET /again')).toHaveP95Below('${limit}')
})
`

/** The tests of run files by name: state, runs and verdicts included. */
const testsOf = (files: readonly RunFile[]): TestEntry[] =>
  files.flatMap(({ tests }) => tests).toSorted((left, right) => left.name.localeCompare(right.name))

/** The services that were started so far. */
const count = (text: string): number => text.split('\n').filter(Boolean).length

describe('shards and their merge', { timeout: 90_000 }, () => {
  test('every run of every shard is in one run file and in one summary; no service is started for it', async () => {
    const { options } = await withService()
    await using project = await vitestProject('merge', {
      'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'a.perf.ts': perfFile('a', '5s'),
      'b.perf.ts': perfFile('b', '0.001ms'),
      'c.perf.ts': perfFile('c', '5s'),
      'sum.test.ts': `import { test } from 'vitest'\ntest('one and one', () => {})`,
    })
    const shards = []
    for (const shard of ['1/2', '2/2']) {
      shards.push(await project.run(['--reporter=blob', `--shard=${shard}`]))
    }
    expect(
      shards.reduce((sum, { code }) => sum + code, 0),
      shards[0]?.output,
    ).toBe(1)
    expect(count(await project.read('pids.txt'))).toBe(2)
    const shardIds = (await project.runFiles()).map(({ id }) => id)
    expect(shardIds).toHaveLength(2)

    const merged = await project.run(['--merge-reports'])
    expect(merged.code, merged.output).toBe(1)
    expect(count(await project.read('pids.txt'))).toBe(2)
    const files = await project.runFiles()
    const [whole, ...more] = files.filter(({ id }) => !shardIds.includes(id))
    expect(more).toEqual([])
    expect(whole && testsOf([whole])).toEqual(testsOf(files.filter((file) => file !== whole)))
    expect(linesOf(merged.output, ' PERF ').toSorted()).toEqual([
      ' PERF  ✓ 2 of 2  a.perf.ts › a',
      ' PERF  ✓ 2 of 2  c.perf.ts › c',
      ' PERF  ✗ 1 of 2 missed  b.perf.ts › b',
    ])
    expect(linesOf(merged.output, '   GET /')).toHaveLength(6)
    expect(merged.output).toContain(' 3 performance tests: 1 failed · 2 passed')
  })
})
