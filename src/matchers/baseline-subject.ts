import type { BaselineSettings } from './baseline-options.ts'
import type { Baseline, RunRecord } from '../baseline/baseline-record.ts'
import { operationRecord } from '../baseline/run-figures.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { matchesName } from '../limits/check.ts'
import { isTag, selected, tagsOf } from '../limits/selection.ts'
import type { LoadRun, RunData } from '../load/load-run.ts'

/** The runs of a load that was repeated, or the one of a load that was not. */
export const runsOf = (run: LoadRun): readonly LoadRun[] =>
  run.repeats.length === 0 ? [run] : run.repeats

/**
 * The names of the operations that are compared: the run itself, or each request that is named, those
 * included that only the baseline knows.
 * @throws UsageError for a name that neither has
 */
export function operationsOf(
  run: RunData,
  { requests }: BaselineSettings,
  known: readonly string[],
): readonly string[] {
  if (requests === undefined) return [run.name]
  const names = requests.flatMap((pattern) => {
    const found = selected({ request: pattern }, run.requests).map(({ name }) => name)
    const before = isTag(pattern) ? [] : known.filter((name) => matchesName(pattern, name))
    if (found.length + before.length === 0) throw unknown(run, pattern)
    return [...found, ...before]
  })
  return [...new Set(names)]
}

function unknown({ requests }: RunData, pattern: string): UsageError {
  const known = isTag(pattern)
    ? tagsOf(requests).map((tag) => `#${tag}`)
    : requests.map(({ name }) => name)
  const path = 'toMatchBaseline(…, options).requests'
  const message = `${path}: ${JSON.stringify(pattern)} did not occur in this run; ${knownNames(pattern, known)}`
  return UsageError.saying(path, message, pattern)
}

/** The operations that a baseline has on a machine. */
export const knownOperations = (baseline: Baseline | undefined, machine: string): string[] => [
  ...new Set(
    (baseline?.[machine]?.runs ?? []).flatMap(({ operations }) => Object.keys(operations)),
  ),
]

/** A run as a baseline keeps it. */
export function runRecord(
  run: RunData,
  names: readonly string[],
  { metrics }: BaselineSettings,
  by: string,
): RunRecord {
  const operations = [run, ...run.requests].filter(({ name }) => names.includes(name))
  return {
    at: run.startedAt,
    by,
    operations: Object.fromEntries(
      operations.map((operation) => [operation.name, operationRecord(operation, metrics)]),
    ),
  }
}
