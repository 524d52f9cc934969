import type { MatcherState } from 'vitest'
import { UsageError } from '../errors/usage-error.ts'
import type { LoadRun } from '../load/load-run.ts'
import { toBaselineSettings, type BaselineOptions } from './baseline-options.ts'
import { baselineScopeOf } from './baseline-scope.ts'
import { baselineVerdict, isMissed } from './baseline-verdict.ts'
import { describeBaseline } from './baseline-words.ts'
import type { Call } from './call.ts'
import { compareBaseline } from './compare-baseline.ts'
import { subjectOf, titleOf, type MatcherResult } from './conclude.ts'
import { generatorLines } from './generator-lines.ts'
import type { Subject } from './subjects.ts'
import { logVerdict } from './verdict-log.ts'
import { settingsOf } from './verdict-settings.ts'

/** A run beside what earlier runs were on this kind of machine: a snapshot of its performance. */
export function toMatchBaseline(
  this: MatcherState,
  received: unknown,
  name?: string | BaselineOptions,
  options?: BaselineOptions,
): MatcherResult {
  const call = { state: this, matcher: 'toMatchBaseline', received, args: [] }
  const settings = toBaselineSettings(name, options)
  const verdicts = settingsOf(call, settings.verdict)
  const run = subjectOf(call, 'a finished run: expect(run).toMatchBaseline()', runOf)
  refuseWrongUse(call)
  const scope = baselineScopeOf(this.task)
  if (scope === undefined) throw outside()
  const compared = compareBaseline(run, settings, { scope, verdicts })
  for (const ruling of compared.rulings) {
    if (this.task === undefined) continue
    logVerdict(this.task, {
      ...baselineVerdict(ruling, settings, verdicts),
      run: titleOf(received),
    })
  }
  const missed = compared.rulings.filter(isMissed)
  return {
    pass: missed.length === 0,
    message: () => {
      const generator = missed.some(({ state }) => state === 'judged')
        ? generatorLines(call, [{ unit: 'ms' }])
        : []
      return describeBaseline(call, compared, settings, generator)
    },
  }
}

const runOf = (subject: Subject): LoadRun | undefined =>
  subject.kind === 'run' && 'repeats' in subject ? (subject as Subject & LoadRun) : undefined

function refuseWrongUse({ state, matcher }: Call): void {
  if (state.isNot) {
    const message = `.not.${matcher} does not say what is to differ: compare the figures by hand`
    throw UsageError.saying(matcher, message)
  }
  if (state.poll !== true) return
  const message = `expect.poll(…).${matcher} would ask again and again of one run: expect(run).${matcher}()`
  throw UsageError.saying(matcher, message)
}

const outside = (): UsageError =>
  UsageError.saying(
    'toMatchBaseline',
    'toMatchBaseline() works inside a test of the perf project, where the plugin keeps the baselines of its file',
  )
