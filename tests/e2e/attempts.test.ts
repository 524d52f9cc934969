import { expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { linesOf } from '../support/vitest-output.ts'
import { vitestProject } from '../support/vitest-project.ts'

const SUITE = `
import { expect, test } from 'vitest-perf'
const short = { users: 1, iterations: 2 }
const attempts = []

test('retried', { retry: 2 }, async ({ load }) => {
  const run = await load(short, ({ http }) => http.get('/'))
  attempts.push(run)
  expect(run).toHaveP95Below(attempts.length === 1 ? '0.001ms' : '5s')
})
test('repeated', { repeats: 2 }, async ({ load }) => {
  expect(await load(short, ({ http }) => http.get('/'))).toHaveP95Below('5s')
})
test.fails('expects to fail', async ({ load }) => {
  expect(await load(short, ({ http }) => http.get('/'))).toHaveP95Below('0.001ms')
})
test('skips itself', async ({ load, skip }) => {
  await load(short, ({ http }) => http.get('/'))
  skip()
})
test('times out', { timeout: 500 }, async ({ load }) => {
  await load({ users: 1, duration: '30s' }, ({ http }) => http.get('/'))
})
`

test('every attempt of a test is in its record', { timeout: 60_000 }, async () => {
  const { options } = await withService()
  await using project = await vitestProject('attempts', {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    'a.perf.ts': SUITE,
  })
  const run = await project.run()
  expect(run.code, run.output).toBe(1)
  expect(linesOf(run.output, ' PERF ')).toEqual([
    ' PERF  ✓ passed, 1 of 2 missed  a.perf.ts › retried',
    ' PERF  ✓ 3 of 3  a.perf.ts › repeated',
    ' PERF  ✓ passed, 1 of 1 missed  a.perf.ts › expects to fail',
    ' PERF  ! no limits  a.perf.ts › skips itself',
    ' PERF  ✗ failed  a.perf.ts › times out',
  ])
  expect(run.output).toContain('   ✗ Test timed out in 500ms.\n   ! interrupted after ')
  const [file] = await project.runFiles()
  expect(file?.ending).toBe('complete')
  expect(file?.tests.map(({ record }) => record.runs.map(({ ending }) => ending))).toEqual([
    ['complete', 'complete'],
    ['complete', 'complete', 'complete'],
    ['complete'],
    ['complete'],
    ['interrupted'],
  ])
})
