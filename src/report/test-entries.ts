import { basename } from 'node:path/posix'
import type { RunFile, TestEntry } from '../run-file/run-file.ts'
import { formatNumber } from '../units/format.ts'
import { cleanText } from './clean-text.ts'
import { counted } from './figures.ts'

/** True for a test that a report has figures of: it ran a load or judged one. */
export const hasFigures = ({ record }: TestEntry): boolean =>
  record.runs.length > 0 || record.verdicts.length > 0

/** `chat.perf.ts › chat › 100 users` */
export const titleOf = ({ file, name }: TestEntry): string =>
  cleanText(`${basename(file)} › ${name.replaceAll(' > ', ' › ')}`)

/** `5 of 5` limits met, or `4 of 5 missed`; how the test ended where its limits do not say it. */
export function resultOf({ state, record: { verdicts } }: TestEntry): string {
  const missed = verdicts.filter(({ status }) => status === 'fail').length
  const all = formatNumber(verdicts.length)
  if (missed > 0) return `${formatNumber(missed)} of ${all} missed`
  if (state === 'failed') return 'failed'
  if (state === 'running') return 'not finished'
  return verdicts.length === 0 ? 'no limits' : `${all} of ${all}`
}

/** Why a test failed that no limit explains. */
export const errorsOf = ({ errors, record: { verdicts } }: TestEntry): readonly string[] =>
  verdicts.some(({ status }) => status === 'fail')
    ? []
    : errors.map(cleanText).filter((line) => line !== '')

/** `11 performance tests passed · 1 failed` and `22 integration tests passed`, as far as there are any. */
export const countsOf = ({ tests }: RunFile): readonly string[] => [
  ...count('performance test', tests.filter(hasFigures)),
  ...count(
    'integration test',
    tests.filter((test) => !hasFigures(test)),
  ),
]

function count(what: string, tests: readonly TestEntry[]): readonly string[] {
  const of = (state: TestEntry['state']): number =>
    tests.filter((test) => test.state === state).length
  const others = [
    [of('failed'), 'failed'],
    [of('skipped'), 'skipped'],
    [of('running'), 'not finished'],
  ] as const
  const rest = others
    .filter(([many]) => many > 0)
    .map(([many, how]) => `${formatNumber(many)} ${how}`)
  return tests.length === 0 ? [] : [[`${counted(of('passed'), what)} passed`, ...rest].join(' · ')]
}
