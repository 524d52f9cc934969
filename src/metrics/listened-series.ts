import type { FailureKind } from './outcome.ts'
import type { IterationFailure } from './recorder.ts'
import type { Sample, StreamTiming } from './sample.ts'
import { Series } from './series.ts'
import type { SeriesOptions } from './series-options.ts'
import type { Timeline } from './timeline.ts'

/** Told of the operations of a run while it goes on, but for the parts of other ones. */
export interface OperationListener {
  began(series: Series): void
  /** The sample is the measuring object itself, and is read at once. */
  ended(series: Series, sample: Sample, stream?: StreamTiming): void
  /** The test called an answer wrong after all, or right again. */
  amended?(series: Series, sample: Sample, outcome: FailureKind, stream?: StreamTiming): void
  restored?(series: Series, sample: Sample, outcome: FailureKind): void
  iteration?(sample: Sample, failure?: IterationFailure): void
}

/** A series that tells of what is recorded in it; where nobody listens, there is none. */
export class ListenedSeries extends Series {
  readonly #listener: OperationListener

  constructor(
    name: string,
    timeline: Timeline,
    options: SeriesOptions,
    listener: OperationListener,
  ) {
    super(name, timeline, options)
    this.#listener = listener
  }

  override begins(): void {
    this.#listener.began(this)
  }

  override record(sample: Sample, stream?: StreamTiming): void {
    super.record(sample, stream)
    this.#listener.ended(this, sample, stream)
  }

  override amend(sample: Sample, outcome: FailureKind, stream?: StreamTiming): void {
    super.amend(sample, outcome, stream)
    this.#listener.amended?.(this, sample, outcome, stream)
  }

  override restore(sample: Sample, outcome: FailureKind): void {
    super.restore(sample, outcome)
    this.#listener.restored?.(this, sample, outcome)
  }
}
