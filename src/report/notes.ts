import type { Verdict } from '../limits/verdict.ts'
import type { RunData } from '../load/load-run.ts'
import { formatMs, formatRatio } from '../units/format.ts'
import { cleanText } from './clean-text.ts'
import { figure, limitOf, measuredOf } from './figures.ts'
import { marginOf } from './margin.ts'
import { factsOf, warningsOf } from './run-facts.ts'

/** A load in one line, for what shows single lines: its facts, its times, and what to mind. */
export function loadNote(run: RunData): string {
  const { p50, p95, p99 } = run.latency
  const times = `p50 ${figure(p50, formatMs)}, p95 ${figure(p95, formatMs)}, p99 ${figure(p99, formatMs)}`
  const failed = `failed ${figure(run.errorRate, formatRatio)}`
  return [factsOf(run), times, failed, ...warningsOf(run).map((text) => `! ${text}`)].join(' · ')
}

/** `p95 latency of chat: 172 ms, limit 300 ms, 43 % spare` */
export const verdictNote = (verdict: Verdict): string =>
  [`${cleanText(verdict.subject)}: ${measuredOf(verdict)}`, limitOf(verdict), marginOf(verdict)]
    .filter((part) => part !== '')
    .join(', ')
