import type { CheckSummary } from '../metrics/checks.ts'

/** What fails a test at its end when checks of its own did not hold. */
export class CheckError extends Error {
  override readonly name = 'CheckError'

  constructor(failed: readonly CheckSummary[]) {
    const lines = failed.map(({ name, failed: times, total, first }) => {
      const share = total === 1 ? '' : ` (${times} of ${total} times)`
      return `${JSON.stringify(name)}${share}${first === undefined ? '' : `: ${first}`}`
    })
    super(
      lines.length === 1
        ? `a check did not hold: ${lines[0]}`
        : `${lines.length} checks did not hold:\n${lines.map((line) => `  - ${line}`).join('\n')}`,
    )
  }
}
