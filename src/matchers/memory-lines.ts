import type { MemorySummary } from '../monitors/monitor.ts'
import { formatBytes, formatMs, formatNumber } from '../units/format.ts'
import type { Bytes } from '../units/units.ts'

/** Under memory. */
export const memoryLines = (memory: MemorySummary): readonly string[] => [
  spread(memory),
  ...restartLines(memory),
  ...endLines(memory),
  ...(memory.problem === undefined ? [] : [`something could not be seen: ${memory.problem}`]),
]

const size = (bytes: Bytes | undefined): string => (bytes === undefined ? '–' : formatBytes(bytes))

function spread({ samples, start, end, min, peak }: MemorySummary): string {
  const count = `${formatNumber(samples)} ${samples === 1 ? 'sample' : 'samples'}`
  return `${count}: start ${size(start)} · end ${size(end)} · min ${size(min)} · peak ${size(peak)}`
}

function restartLines({ restarts = [] }: MemorySummary): readonly string[] {
  const [first] = restarts
  if (first === undefined) return []
  const times = restarts.length === 1 ? 'once' : `${formatNumber(restarts.length)} times`
  const when = `${restarts.length === 1 ? '' : 'first '}${formatMs(first.at)} in`
  return [`restarted ${times}, ${when}: growth is of the process that grew most`]
}

const ENDS = { 'process exited': 'the process ended', 'cgroup removed': 'the cgroup was removed' }

const endLines = ({ ended }: MemorySummary): readonly string[] =>
  ended === undefined ? [] : [`${ENDS[ended]} while it was watched`]
