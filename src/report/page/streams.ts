import type { RunData } from '../../load/load-run.ts'
import { formatMs } from '../../units/format.ts'
import { figure } from '../figures.ts'
import type { Streams } from './report-page.ts'
import { outlinesOf } from './shape.ts'

/** The times of streams: to the first token, to the end, and between tokens. */
export function streamsOf(run: RunData): Streams | undefined {
  const times = [
    { name: 'TTFT', ...run.ttft },
    { name: 'TTCT', ...run.ttct },
  ].filter(({ count }) => count > 0)
  if (times.length === 0) return undefined
  const gaps = [
    { name: 'gap', ...run.gap },
    { name: 'TPOT', ...run.tpot },
  ].filter(({ count }) => count > 0)
  return {
    names: times.map(({ name }) => name),
    outlines: outlinesOf(times.map(({ histogram }) => histogram)),
    table: {
      title: 'Times of streams',
      head: ['', 'p50', 'p95', 'p99'],
      rows: [...times, ...gaps].map(({ name, p50, p95, p99 }) => [
        name,
        ...[p50, p95, p99].map((value) => figure(value, formatMs)),
      ]),
    },
  }
}
