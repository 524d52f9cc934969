import type { RunData } from '../../load/load-run.ts'
import type { Verdict } from '../../limits/verdict.ts'
import { formatMs, formatNumber, formatRatio } from '../../units/format.ts'
import type { Ratio } from '../../units/units.ts'
import { arrivalsOf } from '../arrival-facts.ts'
import { figure } from '../figures.ts'
import { accountsOf, jointFacts } from '../generator-facts.ts'
import { isOpen, notProvenNote } from '../not-proven.ts'
import { warningsOf } from '../run-facts.ts'
import type { Fact, Trust } from './report-page.ts'

/** Whether the figures of a load can be believed, and what says so. */
export function trustOf(run: RunData, verdicts: readonly Verdict[]): Trust {
  const { generator } = run
  const warnings = [...(run.partial === undefined ? [] : [PARTIAL]), ...warningsOf(run)]
  const open = notProvenNote(verdicts)
  const facts: Fact[] = [
    ...generatorRows(run),
    ...rows('Generators', jointFacts(run)[0]),
    ...accountsOf(run).map(accountRow),
    ...rows('Arrivals', arrivalsOf(run)),
    ...rows('Limits proven', provenOf(verdicts)),
  ]
  const notes = open === undefined ? warnings : [...warnings, open]
  if (generator === undefined) {
    return { level: 'unknown', headline: 'The generator was not watched', notes, facts }
  }
  return warnings.length > 0
    ? { level: 'doubtful', headline: 'With care', notes, facts }
    : { level: 'good', headline: 'Yes: the generator kept up', notes, facts }
}

const PARTIAL = 'partial: its process ended before it did; figures are of what was on the disk'

function generatorRows({ generator }: RunData): Fact[] {
  if (generator === undefined) return []
  const { loop, cpu, lag, gc, opened, inFlight } = generator
  const cores = cpu.cores === 0 ? '' : ` of ${formatNumber(cpu.cores)} cores`
  return [
    ['Event loop busy', figure(loop.busy, percent)],
    ['Loop delay p99', figure(loop.delay.p99, formatMs)],
    ...(lag.count === 0 ? [] : [['Late starts p99', figure(lag.p99, formatMs)] as const]),
    ['Generator CPU', `${figure(cpu.process, hundredths)}${cores}`],
    ['Host CPU', figure(cpu.host, percent)],
    ['Garbage collection', formatMs(gc.total)],
    ...(opened.count === 0 ? [] : [['Connections opened', formatNumber(opened.count)] as const]),
    ['In flight on average', figure(inFlight, hundredths)],
  ]
}

/** `6,000 iterations = 5,990 ok + 10 failed`, by what it counts. */
function accountRow(text: string): Fact {
  const [, count = '', noun = '', sum = text] = /^(\S+) (\w+) (= .*)$/.exec(text) ?? []
  return [
    noun === '' ? 'Accounts' : noun.charAt(0).toUpperCase() + noun.slice(1),
    `${count} ${sum}`,
  ]
}

/** `4 of 5, at 95 %` */
function provenOf(verdicts: readonly Verdict[]): string | undefined {
  const judged = verdicts.filter(({ proof }) => proof !== undefined)
  const [first] = judged
  if (first?.proof === undefined) return undefined
  const proven = judged.filter((verdict) => !isOpen(verdict)).length
  return `${proven} of ${judged.length}, at ${formatRatio(first.proof.confidence)}`
}

const rows = (label: string, text: string | undefined): Fact[] =>
  text === undefined ? [] : [[label, text]]

const percent = (ratio: Ratio): string => `${Math.round(ratio * 100)} %`
const hundredths = (value: number): string => formatNumber(Math.round(value * 100) / 100)
