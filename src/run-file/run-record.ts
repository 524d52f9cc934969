import type { RunData } from '../load/load-run.ts'
import type { GeneratorPart } from '../load/run-part.ts'
import type { Ending, Mark, PhaseSummary, RepeatFigures } from '../load/run-parts.ts'
import type { ClosedShape, LoadShape } from '../load/load-shape.ts'
import type { StepSummary } from '../load/step-summary.ts'
import type { Limits } from '../limits/grammar.ts'
import type { VerdictOptions } from '../limits/verdict-options.ts'
import type { Extension } from '../load/extension.ts'
import type { FoundWarmUp } from '../load/warm-up-watch.ts'
import type { Ms } from '../units/units.ts'
import { fromGeneratorRecord, toGeneratorRecord, type GeneratorRecord } from './generator-record.ts'
import { fromServiceRecord, toServiceRecord, type MonitorRecord } from './monitor-record.ts'
import { givenOf } from './given-of.ts'
import { plain } from './plain.ts'
import { fromRecordingRecord, toRecordingRecord, type RecordingRecord } from './recording-record.ts'
import { toRepeats } from './repeats-record.ts'
import { fromEpochs, toEpochs, type EpochRecord } from './timeline-record.ts'

/**
 * A run as the run file keeps it: JSON, and of one size however long it lasted. Times are on the run's
 * clock, which is 0 at the start of the judged time.
 */
export interface RunRecord extends RecordingRecord {
  readonly title: string
  readonly shape: LoadShape
  readonly seed: number
  readonly ending: Ending
  readonly reason?: string | undefined
  readonly startedAt: string
  readonly elapsed: Ms
  readonly source?: string | undefined
  readonly limits?: Limits | undefined
  /** These three are absent where there is nothing to say, and from older files. */
  readonly verdict?: VerdictOptions | undefined
  readonly extension?: Extension | undefined
  readonly warmUp?: FoundWarmUp | undefined
  readonly steps?: readonly StepSummary[] | undefined
  /** Only of a load that was repeated. */
  readonly repeats?: readonly RepeatFigures[] | undefined
  /** At most 60 stretches of the judged time. */
  readonly timeline: readonly EpochRecord[]
  readonly phases: readonly PhaseRecord[]
  /** The service under test while it was watched; absent when there was none to watch. */
  readonly service?: MonitorRecord | undefined
  /** Absent from older files. */
  readonly generator?: GeneratorRecord | undefined
  /** Of a run that several generators made together: each of them. */
  readonly generators?: readonly GeneratorPart[] | undefined
  /** What was done in the middle of it; absent when nothing was. */
  readonly marks?: readonly Mark[] | undefined
  /** Its process ended before it did: these are the figures that were on the disk by then. */
  readonly partial?: true | undefined
}

/** A stretch outside the judged time. */
export interface PhaseRecord {
  readonly name: PhaseSummary['name']
  /** When it began; absent from older files, as its course is. */
  readonly from?: Ms | undefined
  /** At most 20 stretches, which count from `from`. */
  readonly timeline?: readonly EpochRecord[] | undefined
  readonly recording: RecordingRecord
}

/** Buckets in a shape of the judged time: about 1 % wide for answers that spread over a factor of ten. */
const BUCKETS = 300
/** Buckets in a shape of a phase that is not judged. */
const PHASE_BUCKETS = 40
/** Stretches of a phase that is not judged. */
const PHASE_EPOCHS = 20

export function toRunRecord(run: RunData): RunRecord {
  const { title, shape, seed, ending, reason, startedAt, elapsed, source, limits, steps } = run
  const timeline = toEpochs(run.timeline)
  return plain({
    title,
    shape,
    seed,
    ending,
    reason,
    startedAt,
    elapsed,
    source,
    limits,
    verdict: run.verdict,
    extension: run.extension,
    warmUp: run.warmUp,
    steps,
    repeats: toRepeats(run.repeats),
    ...toRecordingRecord(run, { buckets: BUCKETS, epochs: timeline }),
    timeline,
    phases: run.phases.map(toPhaseRecord),
    service: toServiceRecord(run),
    generator: run.generator && toGeneratorRecord(run.generator),
    generators: run.generators,
    marks: run.marks,
    partial: run.partial,
  })
}

const toPhaseRecord = ({ name, from, summary }: PhaseSummary): PhaseRecord => ({
  name,
  from,
  timeline: toEpochs(summary.timeline, PHASE_EPOCHS),
  recording: toRecordingRecord(summary, { buckets: PHASE_BUCKETS }),
})

/**
 * The run again, with the very figures that were measured. Its timeline has the epochs of the record;
 * operations have none (their course is in the record).
 */
export function fromRunRecord(record: RunRecord): RunData {
  const { title, shape, seed, ending, startedAt, elapsed } = record
  return {
    ...fromRecordingRecord(record, fromEpochs(record.timeline)),
    shape: shape.model === 'open' ? shape : wholeShape(shape),
    title,
    seed,
    ending,
    startedAt,
    elapsed,
    ...givenOf(record),
    phases: record.phases.map(fromPhaseRecord),
    ...fromServiceRecord(record.service),
    ...(record.generator && { generator: fromGeneratorRecord(record.generator) }),
    ...(record.marks && { marks: record.marks }),
    ...(record.partial && { partial: true }),
  }
}

const fromPhaseRecord = ({ name, from, timeline, recording }: PhaseRecord): PhaseSummary => ({
  name,
  ...(from !== undefined && { from }),
  summary: fromRecordingRecord(recording, timeline && fromEpochs(timeline)),
})

/** A closed load says both its duration and its iterations; a file leaves out the one it has not. */
const wholeShape = (shape: ClosedShape): ClosedShape => ({
  ...shape,
  duration: shape.duration,
  iterations: shape.iterations,
})
