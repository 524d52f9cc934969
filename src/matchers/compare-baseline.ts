import type { Baseline, MachineBaseline } from '../baseline/baseline-record.ts'
import { judgeBaseline, type Compared, type Judgement } from '../baseline/judge-baseline.ts'
import { keepRuns } from '../baseline/keep-runs.ts'
import { figureOf } from '../baseline/run-figures.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { VerdictSettings } from '../limits/verdict-options.ts'
import type { LoadRun } from '../load/load-run.ts'
import { wasSteered } from '../load/was-steered.ts'
import type { BaselineSettings } from './baseline-options.ts'
import type { BaselineScope } from './baseline-scope.ts'
import { knownOperations, operationsOf, runRecord, runsOf } from './baseline-subject.ts'
import { figuresOfRuns, isMissed, type Ruling } from './baseline-verdict.ts'

/** What came of a comparison. */
export interface Comparisons {
  readonly key: string
  readonly path: string
  readonly rulings: readonly Ruling[]
}

/** Where and how a comparison is made. */
export interface Place {
  readonly scope: BaselineScope
  readonly verdicts: VerdictSettings
}

/**
 * Holds a run against its baseline, and notes what is to be written of it.
 * @throws UsageError for a file that cannot be read, for a run that is no standard for others
 */
export function compareBaseline(
  run: LoadRun,
  settings: BaselineSettings,
  place: Place,
): Comparisons {
  const store = place.scope.store()
  const asking = ask(run, settings, place)
  const { key, before, now, judgement, machine } = asking
  const rule: Rule = (state, why) =>
    asking.figures.map((figure) => ({
      figure,
      ...rulingOf(state, figure, why),
      accepted: store.mode === 'all',
      settings,
      verdicts: place.verdicts,
    }))
  const result = (rulings: readonly Ruling[]): Comparisons => ({ key, path: store.path, rulings })
  if (runsOf(run).some(wasSteered)) {
    store.note(key, 'matched')
    return result(rule('not judged', 'the load was steered by hand'))
  }
  if (runsOf(run).some(({ ending }) => ending !== 'complete')) {
    store.note(key, 'matched')
    return result(rule('not judged', 'the load was stopped early'))
  }
  if (store.mode === 'all' || (store.mode === 'new' && judgement.kind === 'absent')) {
    refuseEndless(asking, run)
    const { baseline, what } = keepRuns(before, machine, now, judgement)
    const written = what === 'added' || what === 'updated'
    store.note(key, written ? what : 'matched', what === 'unchanged' ? undefined : baseline)
    return result(rule(what === 'added' ? 'new' : written ? what : 'judged'))
  }
  const rulings = rulingsOf(judgement, run, rule)
  store.note(key, rulings.some(isMissed) ? 'unmatched' : 'matched')
  return result(rulings)
}

/** What each figure is ruled to be, and why. */
type Rule = (state: Ruling['state'], why?: string) => readonly Ruling[]

interface Asking {
  readonly key: string
  readonly before: Baseline | undefined
  readonly machine: string
  readonly now: MachineBaseline
  readonly judgement: Judgement
  readonly figures: readonly Compared[]
}

function ask(run: LoadRun, settings: BaselineSettings, { scope, verdicts }: Place): Asking {
  const store = scope.store()
  const [machine, by] = [scope.machine(), scope.by()]
  const title = settings.name === undefined ? scope.test : `${scope.test} > ${settings.name}`
  const key = store.nextKey(scope.id, title)
  const before = store.get(key)
  const operations = operationsOf(run, settings, knownOperations(before, machine))
  const runs = runsOf(run).map((each) => runRecord(each, operations, settings, by))
  const now: MachineBaseline = { load: run.shape, runs }
  const { metrics, tolerance } = settings
  const { confidence } = verdicts
  const asked = { machine, ...now, operations, metrics, tolerance, confidence }
  const judgement = judgeBaseline(before, asked)
  const figures =
    judgement.kind === 'compared' ? judgement.figures : figuresOfRuns(runs, operations, metrics)
  return { key, before, machine, now, judgement, figures }
}

function rulingsOf(judgement: Judgement, { source = '' }: LoadRun, rule: Rule): readonly Ruling[] {
  switch (judgement.kind) {
    case 'absent':
      return rule('absent', 'there is no baseline, and a CI run writes none')
    case 'machine':
      return rule('not comparable', judgement.why)
    case 'load':
      // A smaller load that the environment asked for is no change of the suite.
      return /\bPERF_(?!SEED|TIMEOUT)/.test(source)
        ? rule('not comparable', `${judgement.why} (${source})`)
        : rule('other load', judgement.why)
    case 'compared':
      return rule('judged')
    default:
      return judgement satisfies never
  }
}

/** What cannot be judged keeps its own reason. */
function rulingOf(
  state: Ruling['state'],
  { unjudged }: Compared,
  why: string | undefined,
): Pick<Ruling, 'state' | 'why'> {
  if (state === 'judged' && unjudged !== undefined) return { state: 'not judged', why: unjudged }
  return why === undefined ? { state } : { state, why }
}

/** A run that failed is no standard for others. */
function refuseEndless({ now: { runs }, figures }: Asking, run: LoadRun): void {
  const found = figures.find(({ operation, metric }) =>
    runs.some(({ operations }) => {
      const record = operations[operation]
      const value = record === undefined ? undefined : figureOf(metric, record)
      return value === undefined || value === Infinity
    }),
  )
  if (found === undefined) return
  const why =
    run.failed > 0 ? `${run.failed} requests failed, which makes it endless` : 'it was not measured'
  const message = `no baseline is made of this run: ${found.metric.name} of ${found.operation} is not known in each of its runs, ${why}`
  throw UsageError.saying('toMatchBaseline', message)
}
