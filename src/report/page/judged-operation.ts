import type { RunData } from '../../load/load-run.ts'
import type { Verdict } from '../../limits/verdict.ts'
import type { OperationSummary } from '../../metrics/summary.ts'

/** The requests that a limit is of, read off its subject; none when it is of something else. */
export function judgedOperations({ subject }: Verdict, run: RunData): readonly OperationSummary[] {
  const name = / of (.+)$/.exec(subject)?.[1]
  if (name === 'all requests') return run.requests
  return run.requests.filter((request) => request.name === name)
}
