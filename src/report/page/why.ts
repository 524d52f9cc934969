import type { RunData } from '../../load/load-run.ts'
import type { Verdict } from '../../limits/verdict.ts'
import type { TestEntry } from '../../run-file/run-file.ts'
import { fromRunRecord } from '../../run-file/run-record.ts'
import { cleanText } from '../clean-text.ts'
import { limitOf, measuredOf } from '../figures.ts'
import { generatorWarnings } from '../generator-facts.ts'
import { marginOf } from '../margin.ts'
import { errorsOf } from '../test-entries.ts'
import { memoryEvidence } from './why-memory.ts'
import { failureEvidence } from './why-failures.ts'
import { latencyEvidence } from './why-latency.ts'

/** Failed limits that are explained; the others stand in the list. */
const MOST = 4

/**
 * Why a test failed, in sentences of which each rests on figures of the file. A limit of which the file
 * shows no reason is said with its figures and nothing else.
 */
export function whyOf(test: TestEntry): readonly string[] {
  if (test.state !== 'failed') return []
  const { verdicts, runs } = test.record
  const failed = verdicts.filter(({ status }) => status === 'fail')
  const loads = runs.map(fromRunRecord)
  const sentences = failed.slice(0, MOST).map((verdict) => {
    const run = runOf(verdict, loads)
    return [headOf(verdict), ...(run === undefined ? [] : evidenceOf(verdict, run))].join(' ')
  })
  const doubts = loads.flatMap((run) => generatorWarnings(run).map((text) => `Mind: ${text}.`))
  return [...errorsOf(test), ...sentences, ...(failed.length > 0 ? [...new Set(doubts)] : [])]
}

/** The load that a limit was judged on, where that is certain. */
const runOf = ({ run }: Verdict, loads: readonly RunData[]): RunData | undefined =>
  loads.length === 1 ? loads[0] : loads.find(({ title }) => title === run)

function headOf(verdict: Verdict): string {
  const margin = marginOf(verdict)
  const limit = limitOf(verdict).replace(/^limit/, 'limit')
  return `${upper(cleanText(verdict.subject))} was ${measuredOf(verdict)}, ${limit}${margin === '' ? '' : ` (${margin})`}.`
}

function evidenceOf(verdict: Verdict, run: RunData): readonly string[] {
  const { metric, unit, measured } = verdict
  if (verdict.negated || measured === undefined) return []
  if (metric === 'errorRate' || metric === 'successRate') return failureEvidence(verdict, run)
  if (unit === 'bytes' || unit === 'bytes/s') return memoryEvidence(run)
  if (unit !== 'ms' || !/^p\d/.test(metric)) return []
  return measured === 'never' ? failureEvidence(verdict, run) : latencyEvidence(verdict, run)
}

const upper = (text: string): string =>
  /^p\d/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1)
