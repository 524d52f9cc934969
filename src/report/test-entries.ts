import { basename } from 'node:path/posix'
import { sustainedOf } from '../load/step-summary.ts'
import type { RunFile, TestEntry } from '../run-file/run-file.ts'
import { isEmpty } from '../run-file/join-records.ts'
import { formatNumber } from '../units/format.ts'
import { capacityText } from './capacity-figures.ts'
import { cleanText } from './clean-text.ts'
import { displayWidth, fit } from './display-width.ts'
import { counted } from './figures.ts'

/** True for a test that a report has figures of: it ran a load or judged one. */
export const hasFigures = ({ record }: TestEntry): boolean => !isEmpty(record)

/** `chat.perf.ts › chat › 100 users` */
export const titleOf = ({ file, name }: TestEntry): string =>
  cleanText(`${basename(file)} › ${name.replaceAll(' > ', ' › ')}`)

/**
 * The title in at most so many columns. Outer groups go first: what a test itself is called tells it
 * from the others.
 */
export function shortTitleOf(test: TestEntry, columns: number): string {
  const [file = '', ...names] = titleOf(test).split(' › ')
  const titles = names.map((_, gone) => {
    const rest = names.slice(gone)
    return [file, ...(gone === 0 ? [] : ['…']), ...rest].join(' › ')
  })
  const fits = titles.find((title) => displayWidth(title) <= columns)
  return fits ?? fit(titles.at(-1) ?? file, columns)
}

/** `5 of 5` limits met, or `4 of 5 missed`; how the test ended where its limits do not say it. */
export function resultOf({ state, record: { verdicts, runs, ...searches } }: TestEntry): string {
  const missed = verdicts.filter(({ status }) => status === 'fail').length
  const all = formatNumber(verdicts.length)
  // A retry made up for it, or the test expects it.
  const even = state === 'passed' ? 'passed, ' : ''
  if (missed > 0) return `${even}${formatNumber(missed)} of ${all} missed`
  if (state === 'failed') return 'failed'
  if (state === 'running') return 'not finished'
  if (verdicts.length > 0) return `${all} of ${all}`
  const [capacity] = searches.capacities ?? []
  if (capacity !== undefined) return capacityText(capacity)
  if ((searches.comparisons ?? []).length > 0) return 'compared'
  const climbed = runs.find(({ steps }) => steps !== undefined)
  return climbed === undefined ? 'no limits' : `${sustainedOf(climbed.steps).users} users`
}

/** Why a test failed that no limit explains. */
export const errorsOf = ({ errors, record: { verdicts } }: TestEntry): readonly string[] =>
  verdicts.some(({ status }) => status === 'fail')
    ? []
    : errors.map(cleanText).filter((line) => line !== '')

/**
 * `22 integration tests passed`, `11 performance tests: 1 failed · 10 passed`, as far as there are any.
 * What a test without an end would have been is not known.
 */
export function countsOf({ tests }: RunFile): readonly string[] {
  const others = tests.filter((test) => !hasFigures(test))
  const hasEnded = ({ state }: TestEntry): boolean => state === 'passed' || state === 'failed'
  return [
    ...count('performance test', tests.filter(hasFigures)),
    ...count('integration test', others.filter(hasEnded)),
    ...count(
      'test',
      others.filter((test) => !hasEnded(test)),
    ),
  ]
}

const STATES = {
  failed: 'failed',
  passed: 'passed',
  skipped: 'skipped',
  running: 'not finished',
} as const

function count(what: string, tests: readonly TestEntry[]): readonly string[] {
  if (tests.length === 0) return []
  const all = counted(tests.length, what)
  if (tests.every(({ state }) => state === 'passed')) return [`${all} passed`]
  const byState = Map.groupBy(tests, ({ state }) => STATES[state])
  const parts = Object.values(STATES).flatMap((state) => {
    const many = byState.get(state)?.length
    return many === undefined ? [] : [`${formatNumber(many)} ${state}`]
  })
  return [`${all}: ${parts.join(' · ')}`]
}
