import type { RunData } from '../../load/load-run.ts'
import type { Verdict } from '../../limits/verdict.ts'
import type { TestEntry } from '../../run-file/run-file.ts'
import { fromRunRecord } from '../../run-file/run-record.ts'
import { cleanText } from '../clean-text.ts'
import { limitOf, measuredOf } from '../figures.ts'
import { generatorWarnings } from '../generator-facts.ts'
import { marginOf } from '../margin.ts'
import { errorsOf } from '../test-entries.ts'
import type { Reason } from './report-page.ts'
import { memoryEvidence } from './why-memory.ts'
import { failureEvidence } from './why-failures.ts'
import { latencyEvidence } from './why-latency.ts'

/** Failed limits that are explained; the others stand in the list. */
const MOST = 4

/**
 * Why a test failed. Each sentence rests on figures of the file; of a limit of which the file shows no
 * reason its own figures are all that is said.
 */
export function whyOf(test: TestEntry): readonly Reason[] {
  if (test.state !== 'failed') return []
  const { verdicts, runs } = test.record
  const failed = verdicts.filter(({ status }) => status === 'fail')
  const loads = runs.map(fromRunRecord)
  const missed = failed.slice(0, MOST).map((verdict): Reason => {
    const run = runOf(verdict, loads)
    return { what: whatOf(verdict), evidence: run === undefined ? [] : evidenceOf(verdict, run) }
  })
  const thrown = errorsOf(test).map((what): Reason => ({ what, evidence: [] }))
  return [...thrown, ...missed, ...(failed.length === 0 ? [] : doubtsOf(loads))]
}

/** A generator that could not keep up is a reason of its own. */
function doubtsOf(loads: readonly RunData[]): readonly Reason[] {
  const texts = [...new Set(loads.flatMap(generatorWarnings))]
  if (texts.length === 0) return []
  const evidence = ['Part of the times may be its own waiting, not that of the service.']
  return [{ what: `${upper(texts.join('; '))}.`, evidence }]
}

/** The load that a limit was judged on, where that is certain. */
const runOf = ({ run }: Verdict, loads: readonly RunData[]): RunData | undefined =>
  loads.length === 1 ? loads[0] : loads.find(({ title }) => title === run)

function whatOf(verdict: Verdict): string {
  const margin = marginOf(verdict)
  const more = margin === '' ? '' : ` (${margin})`
  return `${upper(cleanText(verdict.subject))}: ${measuredOf(verdict)}, ${limitOf(verdict)}${more}.`
}

function evidenceOf(verdict: Verdict, run: RunData): readonly string[] {
  const { metric, unit, measured } = verdict
  if (verdict.negated || verdict.baseline !== undefined || measured === undefined) return []
  if (metric === 'errorRate' || metric === 'successRate') return failureEvidence(verdict, run)
  if (unit === 'bytes' || unit === 'bytes/s') return memoryEvidence(run)
  if (unit !== 'ms' || !/^p\d/.test(metric)) return []
  return measured === 'never' ? failureEvidence(verdict, run) : latencyEvidence(verdict, run)
}

const upper = (text: string): string =>
  /^p\d/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1)
