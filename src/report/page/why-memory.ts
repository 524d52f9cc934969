import type { RunData } from '../../load/load-run.ts'
import { formatBytes, formatMs } from '../../units/format.ts'

/** From here on it is the end. */
const LATE = 0.95

/** How memory went: from where to where, and when it was highest. */
export function memoryEvidence({ memory, elapsed }: RunData): readonly string[] {
  const { start, end, peak, series } = memory
  if (start === undefined || end === undefined || peak === undefined) return []
  const top = series.find(({ value }) => value === Math.max(...series.map((point) => point.value)))
  const at =
    top === undefined || top.at > LATE * elapsed
      ? ''
      : `, ${formatMs(Math.round(top.at))} after its start`
  return [
    `It went from ${formatBytes(start)} to ${formatBytes(end)}, highest at ${formatBytes(peak)}${at}.`,
  ]
}
