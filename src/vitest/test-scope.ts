import { AsyncLocalStorage } from 'node:async_hooks'
import { dirname } from 'node:path'
import type { TestContext } from 'vitest'
import { UsageError } from '../errors/usage-error.ts'
import { wasSustainedAsked } from '../load/load-run.ts'
import { wereLimitsJudged } from '../matchers/meet.ts'
import { onVerdict, verdictsOf } from '../matchers/verdict-log.ts'
import { setVerdictSettings } from '../matchers/verdict-settings.ts'
import { isEmpty } from '../run-file/join-records.ts'
import { toTestRecord } from '../run-file/test-record.ts'
import { annotatorOf } from './annotate.ts'
import { sendRecord } from './send-record.ts'
import { providedConfig } from './config.ts'
import { beginBaselines } from './baselines.ts'
import { CheckError } from './check-error.ts'
import { hideSecrets, hideInError } from './secrets.ts'
import { journalOf } from './test-journal.ts'
import { TestPerf, type Perf } from './perf.ts'
import type { Fault, ServerControl } from './server-handle.ts'
import { titleOf } from './task-title.ts'
import { TestGenerators } from './test-generators.ts'

type Task = TestContext['task']

const byTask = new WeakMap<Task, TestPerf>()
const current = new AsyncLocalStorage<TestPerf>()

/**
 * Runs one attempt of a test with its own clients, closes them, and sends what was measured to the
 * main process.
 */
export async function runInScope(
  context: Pick<TestContext, 'task' | 'signal' | 'annotate'>,
  control: ServerControl | undefined,
  run: () => Promise<void>,
): Promise<void> {
  const { task, signal } = context
  const servers = await control?.start()
  const config = providedConfig()
  const folders = [dirname(task.file.filepath), process.cwd()]
  hideSecrets(config.redact)
  const annotator = config.annotate ? await annotatorOf(context) : undefined
  const title = titleOf(task)
  const journal = journalOf(task, title)
  const faults = (): readonly Fault[] => control?.faults ?? []
  const generators = new TestGenerators({ config, task })
  const of = { config, title, task: task.id, folders, signal }
  const perf = new TestPerf({ ...of, servers, annotator, journal, faults, generators })
  const before = verdictsOf(task).length
  byTask.set(task, perf)
  setVerdictSettings(task, config.verdict)
  if (annotator !== undefined) onVerdict(task, annotator.verdict)
  beginBaselines(task, config)
  const end = async (): Promise<number> => {
    for (const error of task.result?.errors ?? []) hideInError(error)
    const left = await perf.loads.stop()
    await generators.leave()
    await perf.leave()
    const { runs, comparisons, capacities } = perf.loads
    const verdicts = verdictsOf(task).slice(before)
    const searches = { comparisons: comparisons.all, capacities: capacities.all }
    const monitors = perf.monitors.records()
    const record = toTestRecord(runs, verdicts, { ...searches, monitors })
    if (!isEmpty(record)) await sendRecord(task, record)
    return left
  }
  const left = await current.run(perf, run).then(end, async (error: unknown) => {
    await end()
    hideInError(error)
    throw error
  })
  if (signal.aborted || task.result?.state === 'fail') return
  if (left > 0) throw forgotten()
  const failed = perf.checks.filter((each) => each.failed > 0)
  if (failed.length > 0) throw new CheckError(failed)
  const unjudged = perf.loads.runs.find((run) => run.limits !== undefined && !wereLimitsJudged(run))
  if (unjudged !== undefined) throw unjudgedLimits()
  const unasked = perf.loads.runs.find((run) => run.steps !== undefined && !wasSustainedAsked(run))
  if (unasked !== undefined) throw unaskedSteps()
}

const forgotten = (): UsageError =>
  UsageError.saying(
    'load',
    'a load was still running when its test ended: write const run = await load(…)',
  )

const unjudgedLimits = (): UsageError =>
  UsageError.saying(
    'load.limits',
    'a load was given limits that nothing judged: add expect(run).toMeetLimits()',
  )

const unaskedSteps = (): UsageError =>
  UsageError.saying(
    'load.steps',
    'a load climbed in steps and nothing asked how far: add expect(run.sustained.users).toBeGreaterThanOrEqual(50)',
  )

/** The clients of a test, for its fixtures. @throws UsageError outside the perf project */
export function perfOf(task: Task): TestPerf {
  const perf = byTask.get(task)
  if (perf !== undefined) return perf
  providedConfig()
  throw UsageError.saying(
    'test',
    "this test has no perf fixtures: the plugin's setup file did not run before it",
  )
}

/**
 * The fixtures for a suite that keeps `import { test } from 'vitest'`.
 * @throws UsageError outside a test, or outside the perf project
 */
export function usePerf(): Perf {
  const perf = current.getStore()
  if (perf !== undefined) return perf
  providedConfig()
  throw UsageError.saying(
    'usePerf()',
    'usePerf() works inside a test: call it in the body of test(…), not beside it',
  )
}
