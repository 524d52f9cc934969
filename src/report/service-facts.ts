import type { RunData } from '../load/load-run.ts'
import { formatBytes, formatMs, formatNumber } from '../units/format.ts'
import { cleanText } from './clean-text.ts'
import { figure } from './figures.ts'

/** `RSS 84 MB, +12 MB · CPU 0.6 cores`; `undefined` when no service was watched. */
export function serviceOf({ memory, cpu }: RunData): string | undefined {
  const problem =
    memory.problem === undefined ? undefined : `not watched: ${cleanText(memory.problem)}`
  if (memory.samples === 0 && cpu.samples === 0) return problem
  // First, since a line that is too long loses its end.
  const facts: string[] = memory.ended === undefined ? [] : ['its process exited']
  if (memory.restarts !== undefined) facts.push(restartedText(memory.restarts.length))
  if (memory.samples > 0)
    facts.push(`RSS ${figure(memory.end, formatBytes)}${growthOf(memory.growth)}`)
  if (memory.peak !== memory.end) facts.push(`peak ${figure(memory.peak, formatBytes)}`)
  if (cpu.samples > 0) facts.push(`CPU ${figure(cpu.mean, formatCores)} cores`)
  return facts.join(' · ')
}

/** `heap 21 MB, +2 MB · event loop up to 34 % busy, 12 ms late`: of a service in Node with `inspect`. */
export function nodeOf({ watched }: RunData): string | undefined {
  if (watched === undefined) return undefined
  const { heap, loop } = watched
  const facts: string[] = []
  if (heap.samples > 0) facts.push(`heap ${figure(heap.end, formatBytes)}${growthOf(heap.growth)}`)
  if (loop.busy.samples > 0) {
    const busy = figure(loop.busy.peak, (share) => `${Math.round(share * 100)} %`)
    facts.push(`event loop up to ${busy} busy, ${figure(loop.delay.peak, formatMs)} late`)
  }
  return facts.length === 0 ? undefined : facts.join(' · ')
}

const restartedText = (times: number): string =>
  times === 1 ? 'restarted' : `restarted ${formatNumber(times)} times`

/** A hundredth of a core is less than the noise of what else a machine does. */
const formatCores = (cores: number): string => formatNumber(Math.round(cores * 100) / 100)

const growthOf = (growth: number | undefined): string =>
  growth === undefined ? '' : `, ${growth < 0 ? '' : '+'}${formatBytes(growth)}`
