import type { RunData } from '../load/load-run.ts'
import { formatMs } from '../units/format.ts'
import { cleanText } from './clean-text.ts'

/** How the judged time came about, where that was found as it went. */
export const courseNotes = ({ extension, warmUp }: RunData): readonly string[] => [
  ...(warmUp?.unsteady === undefined
    ? []
    : [`warm-up ${formatMs(warmUp.took)}, found by MSER-5${slowStart(warmUp.unsteady)}`]),
  ...(extension === undefined || extension.to <= extension.from ? [] : [extendedText(extension)]),
]

/** What makes the judged time doubtful: it may hold some of the warm-up. */
export function courseWarnings({ warmUp }: RunData): readonly string[] {
  if (warmUp === undefined || warmUp.unsteady !== undefined) return []
  const after = `after a warm-up of ${formatMs(warmUp.took)}`
  return warmUp.few === true
    ? [`too few requests ${after} to tell whether it was over (MSER-5)`]
    : [`latencies were not steady ${after} (MSER-5): allow it more with atMost`]
}

const slowStart = (unsteady: number): string =>
  unsteady === 0 ? '' : `: its first ${formatMs(unsteady)} were unlike the rest`

function extendedText({ from, to, because, open }: NonNullable<RunData['extension']>): string {
  const still = open.length === 0 ? '' : `; ${listed(open)} still not proven`
  return `extended from ${formatMs(from)} to ${formatMs(to)}: ${listed(because)} not proven${still}`
}

/** `p95 of chat and 2 more`. */
function listed(names: readonly string[]): string {
  const [first = '', ...others] = names
  return `${cleanText(first)}${others.length === 0 ? '' : ` and ${others.length} more`}`
}
