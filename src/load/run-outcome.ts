import { NOTHING_SENT } from '../metrics/sending.ts'
import { summarize, type RecordingSummary } from '../metrics/summary.ts'
import { unpackRecording } from '../metrics/recording-part.ts'
import type { GeneratorWatched } from '../monitors/generator-watch.ts'
import type { Monitor } from '../monitors/monitor.ts'
import type { Ms } from '../units/units.ts'
import { lengthOf } from './course.ts'
import { summarizeGenerator } from './generator.ts'
import type { JointRun } from './joint-run.ts'
import type { LoadControl } from './load-control.ts'
import type { MeasuredRun, RunData } from './load-run.ts'
import type { LoadPlan } from './options.ts'
import type { PhaseName, Summarized } from './phases.ts'
import type { MergedParts, RunPart } from './run-part.ts'
import { watchedService } from './watched-service.ts'

/** A load that has ended, as this process saw it. */
export interface Ran {
  readonly startedAt: string
  readonly control: LoadControl
  readonly endedAt: Ms
  readonly watched: GeneratorWatched | undefined
  readonly monitor: Monitor | undefined
  /** What was done to it and to the service. */
  readonly marks: Pick<RunData, 'marks'>
  /** The most users that were asked for. */
  readonly users: number
  readonly plan: LoadPlan
  /** Those who made it together. */
  readonly joint: JointRun | undefined
}

/** What became of a load: what of its run was not known before. */
export type Outcome = RecordingSummary &
  Pick<
    MeasuredRun,
    'startedAt' | 'ending' | 'reason' | 'elapsed' | 'phases' | 'generator' | 'generators'
  > &
  Pick<MeasuredRun, 'memory' | 'cpu' | 'watched' | 'watchedFrom' | 'marks'>

/** What became of a load, and of those of all generators where there are several. */
export async function outcomeOf(ran: Ran): Promise<Outcome> {
  const own = ownOutcome(ran)
  return ran.joint === undefined
    ? own
    : jointOutcome(await ran.joint.merge(partOf(ran, own), timeLeft(ran)))
}

function ownOutcome({ startedAt, control, endedAt, watched, monitor, marks, users }: Ran): Outcome {
  const { ending, reason } = control
  const phases = control.phases.summaries(endedAt)
  const { summary } = steadyOf(phases)
  const { sending, busy } = control.phases.steady ?? {}
  return {
    ...summary,
    startedAt,
    ending,
    ...(reason !== undefined && { reason }),
    elapsed: endedAt - control.startedAt,
    phases: unjudged(phases),
    ...watchedService(monitor, control.phases.judgedFrom),
    ...marks,
    generator: summarizeGenerator({
      watched,
      sent: sending?.data() ?? NOTHING_SENT,
      busy: busy ?? 0,
      summary,
      users,
    }),
  }
}

function partOf({ startedAt, control, endedAt, monitor, joint }: Ran, own: Outcome): RunPart {
  const { sending, busy } = control.phases.steady ?? {}
  const { ending, reason, elapsed, generator, marks, memory, cpu, watched, watchedFrom } = own
  return {
    startedAt,
    ending,
    ...(reason !== undefined && { reason }),
    ...(joint?.told === true && { told: true }),
    elapsed,
    late: joint?.late ?? 0,
    phases: control.phases.parts(endedAt, control.startedAt),
    generator,
    sent: sending?.data() ?? NOTHING_SENT,
    busy: busy ?? 0,
    ...(monitor !== undefined && { service: { memory, cpu, watched, watchedFrom } }),
    ...(marks !== undefined && { marks }),
  }
}

/** The figures of all generators: worked out here as of one, from what adds up. */
function jointOutcome(merged: MergedParts): Outcome {
  const judgedFrom = merged.phases.find(({ name }) => name === 'steady')?.from ?? 0
  const phases = merged.phases.map(({ name, from, to, recording }) => ({
    name,
    from: from - judgedFrom,
    summary: summarize(unpackRecording(recording), to - from),
  }))
  const { startedAt, ending, reason, elapsed, service, marks, generator, generators } = merged
  return {
    ...steadyOf(phases).summary,
    startedAt,
    ending,
    ...(reason !== undefined && { reason }),
    elapsed,
    phases: unjudged(phases),
    ...(service ?? watchedService(undefined, 0)),
    ...(marks !== undefined && { marks }),
    generator,
    generators,
  }
}

function steadyOf(phases: readonly Summarized[]): Summarized {
  const steady = phases.find(({ name }) => name === 'steady')
  if (steady === undefined) throw new Error('a load without its judged phase')
  return steady
}

const unjudged = (phases: readonly Summarized[]): RunData['phases'] =>
  phases.flatMap(({ name, ...phase }) => (isUnjudged(name) ? [{ name, ...phase }] : []))

const isUnjudged = (name: PhaseName): name is Exclude<PhaseName, 'steady'> => name !== 'steady'

/** Others tidy up and send their part, too. */
const TIDYING: Ms = 60_000

/** How long a generator that ends last may go on after this one, by the plan. */
function timeLeft({ plan, control, endedAt }: Ran): Ms {
  const length = lengthOf(plan) ?? (plan.model === 'closed' ? plan.maxDuration : 0)
  return Math.max(0, control.startedAt + length - endedAt) + plan.gracefulStop + TIDYING
}
