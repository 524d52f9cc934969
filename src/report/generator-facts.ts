import type { RunData } from '../load/load-run.ts'
import type { Health } from '../monitors/generator-health.ts'
import type { Accounting } from '../monitors/generator-summary.ts'
import { formatMs, formatNumber } from '../units/format.ts'
import type { Ratio } from '../units/units.ts'
import { counted, figure } from './figures.ts'

/** How busy the generator was, and how it kept up; no line for a run of an older version. */
export function generatorFacts({ generator, generators }: RunData): readonly string[] {
  if (generator === undefined) return []
  const { loop, cpu, lag, gc, opened, inFlight } = generator
  const machine = cpu.cores === 0 ? '' : ` of ${formatNumber(cpu.cores)}`
  const kept = [
    `loop ${figure(loop.busy, percent)} busy, delay p99 ${figure(loop.delay.p99, formatMs)}`,
    ...(lag.count === 0 ? [] : [`lag p99 ${figure(lag.p99, formatMs)}`]),
    `GC ${formatMs(gc.total)}`,
  ]
  const held = [
    `CPU ${figure(cpu.process, hundredths)}${machine}, host ${figure(cpu.host, percent)}`,
    ...(opened.count === 0 ? [] : [counted(opened.count, 'connection')]),
    `${figure(inFlight, hundredths)} in flight`,
  ]
  return [kept.join(' · '), held.join(' · '), ...jointFacts({ generators })]
}

/** Of several that made a run together, the lines before are those of the worst. */
export function jointFacts({ generators = [] }: Pick<RunData, 'generators'>): readonly string[] {
  if (generators.length === 0) return []
  const busy = generators.flatMap(({ loop }) => loop ?? [])
  const late = Math.max(0, ...generators.map((each) => each.late ?? 0))
  const clocks = Math.max(0, ...generators.map(({ clock }) => clock?.uncertainty ?? 0))
  const [least, most] = [Math.min(...busy), Math.max(...busy)]
  const facts = [
    `worst of ${formatNumber(generators.length)}`,
    ...(busy.length === 0 ? [] : [`loops ${rangeOf(least, most)} busy`]),
    `${formatMs(late)} apart`,
    `clocks ±${formatMs(clocks)}`,
  ]
  return [facts.join(' · ')]
}

/** `6,000 iterations = 5,990 ok + 10 failed`: what became of all that was to be done. */
export function accountsOf({ generator, requests }: RunData): readonly string[] {
  if (generator === undefined) return []
  return [
    account(generator.iterations, 'iteration'),
    ...(requests.length === 0 ? [] : [account(generator.requests, 'request')]),
  ]
}

/** The same where the table of requests does not say it all: nothing when all went well. */
export const openAccountsOf = (run: RunData): readonly string[] =>
  run.generator === undefined || run.generator.iterations.ok === run.generator.iterations.intended
    ? []
    : accountsOf(run)

const TERMS = ['ok', 'failed', 'aborted', 'dropped', 'unfinished'] as const

function account(accounting: Accounting, noun: string): string {
  const terms = TERMS.filter((term) => term === 'ok' || accounting[term] > 0)
  const sum = terms.map((term) => `${formatNumber(accounting[term])} ${term}`)
  return `${counted(accounting.intended, noun)} = ${sum.join(' + ')}`
}

/** What of the generator makes the other figures doubtful. */
export function generatorWarnings(run: RunData): readonly string[] {
  const { generator, shape, ending, generators = [] } = run
  if (generator === undefined) return []
  const { saturated, hostBusy, reasons, users } = generator
  const few =
    shape.model === 'closed' && shape.duration !== undefined && ending === 'complete'
      ? users.asked - users.reached
      : 0
  return [
    ...generators.flatMap(({ number, lost }) =>
      lost === undefined ? [] : [`generator ${number} of ${generators.length} was lost: ${lost}`],
    ),
    ...healthWarnings({ saturated, hostBusy, reasons }),
    ...(few > 0
      ? [`${formatNumber(users.reached)} of ${counted(users.asked, 'user')} came to work`]
      : []),
  ]
}

/** What speaks against a generator. */
export const healthWarnings = ({ saturated, hostBusy, reasons }: Health): readonly string[] => [
  ...(saturated ? [`generator saturated: ${reasons.join(', ')}`] : []),
  ...(hostBusy ? machineBusy(reasons) : []),
]

const machineBusy = ([host = '', ...symptoms]: readonly string[]): readonly string[] => [
  `machine busy: ${host}`,
  `generator held up: ${symptoms.join(', ')}`,
]

/** `31–62 %` */
const rangeOf = (least: Ratio, most: Ratio): string =>
  percent(least) === percent(most) ? percent(most) : `${Math.round(least * 100)}–${percent(most)}`

const percent = (ratio: Ratio): string => `${Math.round(ratio * 100)} %`

/** A hundredth of a core is less than the noise of what else a process does. */
const hundredths = (cores: number): string => formatNumber(Math.round(cores * 100) / 100)
