import { parseLimits } from '../limits/parse-limits.ts'
import { judgeCheck } from '../limits/judge-check.ts'
import type { Check } from '../limits/check.ts'
import type { Verdict } from '../limits/verdict.ts'
import type { RecordingSummary } from '../metrics/summary.ts'
import { startTicker, type Ticker } from '../monitors/ticker.ts'
import type { Clock } from '../clock/clock.ts'
import type { GeneratorWatch } from '../monitors/generator-watch.ts'
import { quantile, type HistogramData } from '../stats/histogram.ts'
import type { Ms } from '../units/units.ts'
import { LiveRate, LOOK_EVERY } from './live-rate.ts'
import type { LoadControl } from './load-control.ts'
import type { OpenEnd } from './open-end.ts'
import type { LoadPlan } from './options.ts'
import type { Steering } from './steer-load.ts'
import type { Tick } from './tick.ts'
import type { Timetable } from './timetable.ts'

/** Seconds whose percentiles are told. */
export const COURSE = 24

/**
 * A look sums up all that was recorded, which takes longer the more names there are. It may cost a
 * fiftieth of a core at most: an expensive one is followed by a longer wait.
 */
const MOST_COST = 1 / 50

interface Watched {
  readonly title: string
  readonly plan: LoadPlan
  readonly model: { readonly control: LoadControl; readonly timetable: Timetable }
  readonly steering: Steering
  readonly generator: GeneratorWatch
  readonly clock: Clock
  /** Of a load whose end is found as it goes. */
  readonly openEnd?: OpenEnd | undefined
}

/** Tells, second by second, what a load does. */
export class LiveWatch {
  readonly #watched: Watched
  readonly #tell: (tick: Tick) => void
  readonly #checks: readonly Check[]
  #ticker: Ticker | undefined
  readonly #rate = new LiveRate()
  #notBefore: Ms = 0

  constructor(watched: Watched, tell: (tick: Tick) => void) {
    const { limits } = watched.plan
    this.#watched = watched
    this.#tell = tell
    this.#checks = limits === undefined ? [] : parseLimits(limits, 'limits').filter(isLive)
  }

  begin(): void {
    const { clock } = this.#watched
    // Whoever steers it sees at once what it does.
    this.#watched.steering.onChange(() => this.#look(false))
    this.#ticker = startTicker({ interval: LOOK_EVERY, clock }, () => {
      if (clock.now() >= this.#notBefore) this.#look(false)
      return Promise.resolve('go on')
    })
  }

  async end(): Promise<void> {
    await this.#ticker?.stop()
    this.#look(true)
  }

  #look(over: boolean): void {
    const { clock, model, steering, generator, title, openEnd } = this.#watched
    const { control, timetable } = model
    const began = clock.now()
    const cpu = process.cpuUsage()
    const { name: phase, summary } = control.phases.look(began)
    const { count, failed } = control.phases.tally()
    const { p50, p95, p99 } = summary.latency
    const length = openEnd?.end ?? timetable.end
    const extended = openEnd?.facts().extension
    const elapsed = began - control.startedAt
    const rate = this.#rate.look(began, count)
    const verdicts = phase === 'steady' ? this.#judge(summary) : []
    const goingOn = extended !== undefined && extended.to > extended.from
    const note = goingOn ? `extended: ${extended.because.join(', ')} not proven` : undefined
    const { asked, done } = steering
    const steered = { asked, ...(done.length > 0 && { steered: [...done] }) }
    const course = summary.timeline.slice(-COURSE).map(({ latency }) => p95Of(latency))
    const doing = { course, generator: generator.look(), ...(note && { note }) }
    const figures = { count, failed, rate, p50, p95, p99, verdicts, ...doing }
    const { users } = control.phases
    this.#tell({ title, phase, elapsed, length, users, ...steered, ...figures, over })
    const { user, system } = process.cpuUsage(cpu)
    this.#notBefore = began + (user + system) / 1_000 / MOST_COST
  }

  #judge(summary: RecordingSummary): readonly Verdict[] {
    return this.#checks.map((check) => judgeCheck(check, summary))
  }
}

const p95Of = (latency: HistogramData): Ms | null => quantile(latency, 95) ?? null

/** What is known of the service is known at the end. */
const isLive = ({ figure }: Check): boolean => !OF_SERVICE.includes(figure.kind)

const OF_SERVICE: readonly Check['figure']['kind'][] = [
  ...(['growth', 'peak', 'slope', 'plateau'] as const),
  'cpu',
]
