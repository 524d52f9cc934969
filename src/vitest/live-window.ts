import type { Vitest } from 'vitest/node'

/** Vitest's own lines at the bottom of a terminal, which it redraws. */
interface Summary {
  createSummary: () => string[]
}

/**
 * Adds lines to Vitest's live window. It is no public API: gives `undefined` when there is none of that
 * shape, as in a log, with another reporter, or in another version.
 */
export function liveWindow(vitest: Vitest, lines: () => readonly string[]): true | undefined {
  if (!process.stdout.isTTY) return undefined
  const reporters: unknown = 'reporters' in vitest ? vitest.reporters : []
  const all: readonly unknown[] = Array.isArray(reporters) ? reporters : []
  const summary = all.map(summaryOf).find((each) => each !== undefined)
  if (summary === undefined) return undefined
  const own = summary.createSummary.bind(summary)
  summary.createSummary = () => {
    const theirs = own()
    return [...fitting(lines(), theirs.length), ...theirs]
  }
  return true
}

/** As many as there is room for: a window that is higher than its terminal cannot be taken back. */
function fitting(lines: readonly string[], others: number): readonly string[] {
  const { rows } = process.stdout
  return lines.slice(0, Math.max(0, rows - others - 1))
}

function summaryOf(reporter: unknown): Summary | undefined {
  if (typeof reporter !== 'object' || reporter === null || !('summary' in reporter))
    return undefined
  const { summary } = reporter
  if (typeof summary !== 'object' || summary === null || !('createSummary' in summary)) {
    return undefined
  }
  return typeof summary.createSummary === 'function' ? (summary as Summary) : undefined
}
