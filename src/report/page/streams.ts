import type { RunData } from '../../load/load-run.ts'
import type { Distribution } from '../../metrics/distribution.ts'
import { formatMs } from '../../units/format.ts'
import { figure } from '../figures.ts'
import { stopsOf, tokensOf } from '../token-facts.ts'
import type { Fact, Streams } from './report-page.ts'
import { outlinesOf } from './shape.ts'

/** The times of streams: to the first token, and to the end. */
export function streamsOf(run: RunData): Streams | undefined {
  const drawn = [
    ['TTFT', run.ttft],
    ['TTCT', run.ttct],
  ] as const
  const known = drawn.filter(([, { count }]) => count > 0)
  if (known.length === 0) return undefined
  return {
    names: known.map(([name]) => name),
    outlines: outlinesOf(known.map(([, { histogram }]) => histogram)),
    rows: [
      ...known.map(([name, times]): Fact => [name, percentilesOf(times)]),
      ...fact('Tokens', tokensOf(run)),
      ...(run.gap.count > 0 ? fact('Gap', percentilesOf(run.gap)) : []),
      ...fact('Stopped', stopsOf(run)),
    ],
  }
}

const percentilesOf = ({ p50, p95, p99 }: Distribution): string =>
  `p50 ${figure(p50, formatMs)} · p95 ${figure(p95, formatMs)} · p99 ${figure(p99, formatMs)}`

const fact = (label: string, text: string | undefined): Fact[] =>
  text === undefined ? [] : [[label, text]]
