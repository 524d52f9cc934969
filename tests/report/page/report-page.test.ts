import { describe, expect, test } from 'vitest'
import { toReportPage } from '../../../src/report/page/to-report-page.ts'
import { SUITE, sampleFile, sampleRun, sampleTest, CHAT } from '../../support/run-file-samples.ts'

const chat = sampleRun(CHAT, { seconds: 5 })

describe('the head of a report', () => {
  const failed = sampleTest({ state: 'failed', errors: ['no'] })
  test.each([
    ['all passed', [sampleTest({}), sampleTest({})], {}, 'passed', 'All 2 tests passed'],
    ['the only one passed', [sampleTest({})], {}, 'passed', 'The test passed'],
    ['one failed', [sampleTest({}), failed], {}, 'failed', '1 of 2 tests failed'],
    ['none ran', [sampleTest({ state: 'skipped' })], {}, 'unfinished', 'No test ran'],
    ['interrupted', [sampleTest({})], { ending: 'interrupted' }, 'unfinished', 'Not finished'],
    ['partial', [sampleTest({})], { ending: 'partial' }, 'unfinished', 'Not finished'],
    ['partial, and one failed', [failed], { ending: 'partial' }, 'failed', '1 of 1 test failed'],
  ] as const)('%s', (_, tests, over, status, headline) => {
    expect(toReportPage(sampleFile(tests, over))).toMatchObject({ status, headline })
  })

  test('says of a run without an end what its figures are of', () => {
    const { notes } = toReportPage(sampleFile([], { ending: 'partial' }))
    expect(notes).toMatchInlineSnapshot(`
      [
        "Partial: it never came to its end, or still runs. The figures are of what was on the disk.",
      ]
    `)
  })
})

test('what failed stands first; tests without figures stand apart', () => {
  const { tests, others } = toReportPage(SUITE)
  expect(tests.map(({ name, status }) => [name, status])).toEqual([
    ['shop › sustains 200 users', 'failed'],
    ['100 users chat', 'passed'],
  ])
  expect(others).toHaveLength(22)
})

describe('the command that runs a test again', () => {
  test.each([
    ['a group > a test', `-t 'a group a test'`],
    ["it's (nearly) done?", `-t 'it'\\''s \\(nearly\\) done\\?'`],
    ['chat', '-t chat'],
  ])('%s', (name, command) => {
    const [page] = toReportPage(sampleFile([sampleTest({ name, runs: [chat] })])).tests
    expect(page?.rerun).toBe(`PERF_SEED=43 npx vitest run tests/perf/chat.perf.ts ${command}`)
  })
})

describe('several loads in a test', () => {
  test('have titles; one alone needs none', () => {
    const titlesOf = (count: number) =>
      toReportPage(
        sampleFile([sampleTest({ runs: Array.from({ length: count }, () => chat) })]),
      ).tests[0]?.loads.map(({ title }) => title)
    expect(titlesOf(1)).toEqual([''])
    expect(titlesOf(2)).toEqual(['Load 1: 100 users', 'Load 2: 100 users'])
  })
})

describe('whether figures can be trusted', () => {
  const trustOf = (over: Parameters<typeof sampleRun>[1]) =>
    toReportPage(sampleFile([sampleTest({ runs: [sampleRun(CHAT, { seconds: 5, ...over })] })]))
      .tests[0]?.loads[0]?.trust

  test('is not known of a generator that was not watched', () => {
    expect(trustOf({})).toMatchObject({ level: 'unknown', notes: [] })
  })

  test('is doubtful of a load that somebody steered, or whose process died', () => {
    const marks = [{ at: 0, kind: 'steered', text: 'users 10 → 50' }] as const
    expect(trustOf({ with: { marks, partial: true } })?.notes).toMatchInlineSnapshot(`
      [
        "partial: its process ended before it did; figures are of what was on the disk",
        "steered by hand: users 10 → 50",
        "so verdicts are of the load as it went, not as its test has it",
      ]
    `)
  })
})

test('the size of a page does not grow with the time that a load lasted', () => {
  const sizeOf = (seconds: number) =>
    JSON.stringify(toReportPage(sampleFile([sampleTest({ runs: [sampleRun(CHAT, { seconds })] })])))
      .length
  expect(sizeOf(240) / sizeOf(60)).toBeLessThan(1.3)
})
