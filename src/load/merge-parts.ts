import { mergeHistograms } from '../stats/histogram.ts'
import { mergeRecordings } from '../metrics/merge-recordings.ts'
import type { GeneratorSummary } from '../monitors/generator-summary.ts'
import type { Ms } from '../units/units.ts'
import { inFlightOf, latenessOf } from './generator.ts'
import { sumOfAccounts, worstOf } from './join-generators.ts'
import type {
  GeneratorPart,
  LostGenerator,
  MergedParts,
  PartOfGenerator,
  PhasePart,
  RunPart,
} from './run-part.ts'
import type { Ending, Mark } from './run-parts.ts'

/**
 * One run of what each generator recorded of it. Counts, histograms and windows add up; what is a rate
 * or a percentile is worked out of the sums by whoever reads them, and never averaged.
 *
 * @param parts at least one, in any order: the result is the same
 * @param lost those of whom no part came; they are named in it
 */
export function mergeParts(
  parts: readonly PartOfGenerator[],
  lost: readonly LostGenerator[] = [],
): MergedParts {
  const inOrder = parts.toSorted((left, right) => left.generator - right.generator)
  const all = inOrder.map(({ part }) => part)
  const [first] = all
  if (first === undefined) throw new Error('a run of no generator')
  const phases = mergePhases(all)
  const marks = mergeMarks(all)
  const service = all.find((part) => part.service !== undefined)?.service
  const generators = [...inOrder.map(toGeneratorPart), ...lost.map(toLostPart)]
  return {
    startedAt: first.startedAt,
    ...endingOf(inOrder, generators.length),
    elapsed: Math.max(...all.map(({ elapsed }) => elapsed)),
    phases,
    generator: mergeGenerators(inOrder, phases),
    ...(service !== undefined && { service }),
    ...(marks.length > 0 && { marks }),
    generators: generators.toSorted((left, right) => left.number - right.number),
  }
}

/** From the first that began it to the last that ended it; in the order in which they began. */
function mergePhases(all: readonly RunPart[]): readonly PhasePart[] {
  const byName = Map.groupBy(
    all.flatMap(({ phases }) => phases),
    ({ name }) => name,
  )
  const merged = [...byName].map(([name, phases]): PhasePart => {
    // One that never began in a generator says nothing of when it was.
    const began = phases.filter(({ from, to }) => to > from)
    const timed = began.length > 0 ? began : phases
    return {
      name,
      from: Math.min(...timed.map(({ from }) => from)),
      to: Math.max(...timed.map(({ to }) => to)),
      recording: mergeRecordings(phases.map(({ recording }) => recording)),
    }
  })
  return merged.toSorted((left, right) => left.from - right.from)
}

/** What is done to a load by hand is done in each generator, and told once. */
function mergeMarks(all: readonly RunPart[]): readonly Mark[] {
  const steered = (mark: Mark): boolean => mark.kind === 'steered'
  const first = all.find(({ marks = [] }) => marks.some(steered))?.marks?.filter(steered)
  const others = all.flatMap(({ marks = [] }) => marks.filter((mark) => !steered(mark)))
  return [...(first ?? []), ...others].toSorted((left, right) => left.at - right.at)
}

/** From the mildest to the one that counts for all. */
const ENDINGS: readonly Ending[] = ['complete', 'deadline', 'stopped', 'interrupted', 'aborted']

/** The gravest ending; its reason is that of the generator that ended by itself. */
function endingOf(
  all: readonly PartOfGenerator[],
  of: number,
): Pick<MergedParts, 'ending' | 'reason'> {
  const ending = ENDINGS.findLast((each) => all.some(({ part }) => part.ending === each))
  const ended = all.filter(({ part }) => part.ending === ending && part.reason !== undefined)
  const by = ended.find(({ part }) => part.told === undefined)
  const reason =
    by === undefined
      ? ended[0]?.part.reason
      : `generator ${by.generator + 1} of ${of}: ${by.part.reason}`
  return { ending: ending ?? 'complete', ...(reason !== undefined && { reason }) }
}

/** The one that was worst off, with what all of them sent. */
function mergeGenerators(
  all: readonly PartOfGenerator[],
  phases: readonly PhasePart[],
): GeneratorSummary {
  const each = all.map(({ part }) => part.generator)
  const sent = all.map(({ part }) => part.sent)
  const sum = (values: readonly number[]): number =>
    values.reduce((total, value) => total + value, 0)
  const steady = phases.find(({ name }) => name === 'steady')
  const arrivals = steady?.recording.arrivals
  const lag = arrivals?.lag ?? mergeHistograms(sent.map(({ waits }) => waits.lag))
  const reached = (steady?.recording.grid ?? []).map(({ users = 0 }) => users)
  const duration: Ms = steady === undefined ? 0 : steady.to - steady.from
  return {
    ...worstOf(each),
    reasons: reasonsOf(all),
    lag: latenessOf(lag),
    waits: {
      planned: sum(sent.map(({ waits }) => waits.planned)),
      late: sum(sent.map(({ waits }) => waits.late)),
    },
    opened: latenessOf(mergeHistograms(sent.map(({ opened }) => opened))),
    users: { asked: sum(each.map(({ users }) => users.asked)), reached: Math.max(0, ...reached) },
    inFlight: inFlightOf(sum(all.map(({ part }) => part.busy)), duration),
    iterations: sumOfAccounts(each.map(({ iterations }) => iterations)),
    requests: sumOfAccounts(each.map(({ requests }) => requests)),
  }
}

/** Of the one that was worst off; how many others had some is told behind them. */
function reasonsOf(all: readonly PartOfGenerator[]): readonly string[] {
  const worst = worstOf(all.map(({ part }) => part.generator))
  const of = all.find(({ part }) => part.generator === worst)
  const [first, ...rest] = worst.reasons
  if (of === undefined || first === undefined) return []
  const alike = ({ part }: PartOfGenerator): boolean =>
    part.generator !== worst && part.generator.reasons.length > 0
  const others = all.filter(alike).length
  const also = others === 0 ? [] : [`and ${others} of the other ${all.length - 1} generators`]
  return [`generator ${of.generator + 1}: ${first}`, ...rest, ...also]
}

function toGeneratorPart({ generator, clock, part }: PartOfGenerator): GeneratorPart {
  const { saturated, hostBusy, reasons, loop, cpu, users, iterations, requests } = part.generator
  return {
    number: generator + 1,
    ending: part.ending,
    clock,
    late: part.late,
    elapsed: part.elapsed,
    saturated,
    hostBusy,
    reasons,
    ...(loop.busy !== undefined && { loop: loop.busy }),
    ...(cpu.process !== undefined && { cpu: cpu.process }),
    users: users.asked,
    iterations,
    requests,
  }
}

const toLostPart = ({ generator, why }: LostGenerator): GeneratorPart => ({
  number: generator + 1,
  lost: why,
})
