import { LiveRate, LOOK_EVERY } from './live-rate.ts'
import { startTicker, type Ticker } from '../monitors/ticker.ts'
import { mergeHistograms, quantile, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import type { Pulse } from './collective.ts'
import type { JointRun } from './joint-run.ts'
import { COURSE, LiveWatch } from './live-watch.ts'
import type { PhaseName } from './phases.ts'
import type { Tick } from './tick.ts'

type Watched = ConstructorParameters<typeof LiveWatch>[0]

/** Of several generators the first tells what all of them do. */
export function liveOf(
  watched: Watched,
  tell: (tick: Tick) => void,
  joint: JointRun | undefined,
): LiveWatch | JointLive | undefined {
  if (joint === undefined) return new LiveWatch(watched, tell)
  return joint.share.index === 0 ? new JointLive(watched, tell, joint) : undefined
}

/** Tells, second by second, what the load of all generators does; in the first one, for all of them. */
export class JointLive {
  readonly #watched: Watched
  readonly #joint: JointRun
  readonly #tell: (tick: Tick) => void
  readonly #pulses = new Map<number, Pulse>()
  readonly #latencies = new Map<PhaseName, HistogramData>()
  /** Latencies of all since the last turn. */
  readonly #came: HistogramData[] = []
  #course: readonly (Ms | null)[] = []
  readonly #rate = new LiveRate()
  #ticker: Ticker | undefined

  constructor(watched: Watched, tell: (tick: Tick) => void, joint: JointRun) {
    this.#joint = joint
    this.#watched = watched
    this.#tell = tell
  }

  begin(): void {
    const { clock } = this.#watched
    this.#joint.onPulse((generator, pulse) => this.#take(generator, pulse))
    this.#watched.steering.onChange(() => this.#look(false))
    this.#ticker = startTicker({ interval: LOOK_EVERY, clock }, () => {
      this.#turn()
      return Promise.resolve('go on')
    })
  }

  async end(): Promise<void> {
    await this.#ticker?.stop()
    this.#look(true)
  }

  #take(generator: number, pulse: Pulse): void {
    this.#pulses.set(generator, pulse)
    const known = this.#latencies.get(pulse.phase)
    const all = known === undefined ? [pulse.latency] : [known, pulse.latency]
    this.#latencies.set(pulse.phase, mergeHistograms(all))
    this.#came.push(pulse.latency)
  }

  /** Once a second: what came since. */
  #turn(): void {
    const p95 = quantile(mergeHistograms(this.#came.splice(0)), 95) ?? null
    this.#course = [...this.#course, p95].slice(-COURSE)
    this.#look(false)
  }

  #look(over: boolean): void {
    const { title, model, clock, steering, generator } = this.#watched
    const { control } = model
    const now = clock.now()
    const phase = control.phases.current
    const latency = this.#latencies.get(phase)
    const at = (percentile: number): Ms | undefined => latency && quantile(latency, percentile)
    const sum = (of: 'users' | 'count' | 'failed'): number =>
      [...this.#pulses.values()].reduce((total, pulse) => total + pulse[of], 0)
    const count = sum('count')
    this.#tell({
      title,
      phase,
      elapsed: Math.max(0, now - control.startedAt),
      length: model.timetable.end,
      users: sum('users'),
      asked: steering.asked,
      ...(steering.done.length > 0 && { steered: [...steering.done] }),
      count,
      failed: sum('failed'),
      rate: this.#rate.look(now, count),
      p50: at(50),
      p95: at(95),
      p99: at(99),
      course: this.#course,
      generator: generator.look(),
      verdicts: [],
      note: `${this.#joint.share.of} generators`,
      over,
    })
  }
}
