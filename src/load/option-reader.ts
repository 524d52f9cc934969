import { toConnectionMode, type ConnectionMode } from '../clients/connection-mode.ts'
import { toTransportSettings, type TransportOptions } from '../clients/transport-options.ts'
import type { TransportSettings } from '../clients/transport.ts'
import { toTimeouts, type TimeoutOptions, type Timeouts } from '../clients/timeouts.ts'
import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Limits } from '../limits/grammar.ts'
import { parseLimits } from '../limits/parse-limits.ts'
import { toVerdictSettings, type VerdictOptions } from '../limits/verdict-options.ts'
import { toCount, toMs, toPerSecond } from '../units/parse.ts'
import type { DurationInput, Ms, PerSecond } from '../units/units.ts'
import { toAbort, type AbortOptions, type AbortPlan } from './abort-option.ts'
import type { Judge } from './course.ts'
import { toGenerators, type GeneratorsInput } from './generators-option.ts'
import { toRepeats } from './repeats-option.ts'
import { NO_WARM_UP, toWarmUp, type WarmUp, type WarmUpInput } from './warm-up-option.ts'
import { toEvents, type LoadEvents } from './events.ts'

/** What loads of every model take. */
export interface CommonOptions extends TransportOptions {
  /**
   * Load that is not judged yet, after a ramp-up: a time, or `'auto'` until its latencies are steady
   * (MSER-5), at most as long as the judged time or as `{ atMost: '30s' }` says. Default 0.
   */
  readonly warmUp?: WarmUpInput | undefined
  /** `'all'` judges ramp-up, warm-up and ramp-down, too. Default `'steady'`. */
  readonly judge?: Judge | undefined
  /** How long open iterations may go on after the end before they are cut off. Default 30 s. */
  readonly gracefulStop?: DurationInput | undefined
  readonly connection?: ConnectionMode | undefined
  /** Of every call: the total time, or its parts. */
  readonly timeout?: DurationInput | TimeoutOptions | undefined
  /** Stops the load early when too much fails; the test then fails with an AbortedError. */
  readonly abort?: AbortOptions | undefined
  /** Listeners: one object of them, or several. */
  readonly events?: LoadEvents | readonly LoadEvents[] | undefined
  /** Judged by `expect(run).toMeetLimits()`; a mistake in them is known before any traffic. */
  readonly limits?: Limits | undefined
  /** How sure the verdicts on its limits have to be. Default: what the plugin says. */
  readonly verdict?: VerdictOptions | undefined
  /** Of `random` and of Poisson arrivals; the summary says which was used. */
  readonly seed?: number | undefined
  /** The load is run so many times in a row; see `toMatchBaseline`. Default 1. */
  readonly repeats?: number | undefined
  /**
   * How many processes of this machine generate it, each its share: a number, or `'auto'`, one for each core that
   * is to spare. `PERF_GENERATORS` says it for loads that do not. Default 1.
   */
  readonly generators?: GeneratorsInput | undefined
}

/** The same in numbers. */
export interface CommonPlan {
  /** Of one that is found, the most. */
  readonly warmUp: Ms
  /** It ends when the load is found to be warm. */
  readonly warmUpFound: boolean
  readonly judge: Judge
  readonly gracefulStop: Ms
  readonly connection: ConnectionMode
  readonly timeouts: Timeouts
  /** What differs from how the test's own connections are made. */
  readonly transport: Partial<TransportSettings>
  readonly abort: AbortPlan | undefined
  readonly events: readonly LoadEvents[] | undefined
  readonly limits: Limits | undefined
  readonly verdict: VerdictOptions | undefined
  readonly seed: number | undefined
  readonly repeats: number
  readonly generators: GeneratorsInput | undefined
}

const COMMON =
  'warmUp judge gracefulStop connection timeout tls http abort events limits verdict seed repeats generators'.split(
    ' ',
  )

/** Reads an object of options, one by one, and gathers the mistakes in it. */
export class OptionReader {
  readonly path: string
  readonly options: Readonly<Record<string, unknown>>
  readonly #mistakes = new Mistakes()

  constructor(options: Readonly<Record<string, unknown>>, path: string) {
    this.options = options
    this.path = path
  }

  has(name: string): boolean {
    return this.options[name] !== undefined
  }

  check<T>(parse: () => T, fallback: T): T {
    return this.#mistakes.check(parse, fallback)
  }

  /** A mistake that its name alone does not say. */
  refuse(name: string, message: string): void {
    const path = `${this.path}.${name}`
    this.#mistakes.add(UsageError.saying(path, `${path} ${message}`, this.options[name]))
  }

  /** A mistake that is in no option by itself. */
  refuseAll(message: string): void {
    this.#mistakes.add(UsageError.saying(this.path, `${this.path} ${message}`, this.options))
  }

  duration(name: string, fallback: Ms): Ms {
    if (!this.has(name)) return fallback
    return this.check(() => toMs(this.options[name], `${this.path}.${name}`), fallback)
  }

  count(name: string, least: number): number | undefined {
    if (!this.has(name)) return undefined
    return this.check(() => toCount(this.options[name], `${this.path}.${name}`, least), least)
  }

  rate(name: string): PerSecond | undefined {
    if (!this.has(name)) return undefined
    return this.check(() => toPerSecond(this.options[name], `${this.path}.${name}`), 1)
  }

  /** Refuses every option that is not among these. */
  known(names: readonly string[]): void {
    const all = [...new Set([...names, ...COMMON])]
    for (const name of Object.keys(this.options)) {
      if (!all.includes(name)) this.refuse(name, `is not an option; ${knownNames(name, all)}`)
    }
  }

  common(timeouts: Timeouts): CommonPlan {
    const { connection = 'perUser', timeout } = this.options
    const at = `${this.path}.generators`
    const { time: warmUp, found: warmUpFound } = this.check(() => this.#warmUp(), NO_WARM_UP)
    return {
      warmUp,
      warmUpFound,
      judge: this.check(() => this.#judge(), 'steady'),
      gracefulStop: this.duration('gracefulStop', 30_000),
      connection: this.check(
        () => toConnectionMode(connection, `${this.path}.connection`),
        'perUser',
      ),
      timeouts: this.check(
        () => toTimeouts(timeout as CommonOptions['timeout'], `${this.path}.timeout`, timeouts),
        timeouts,
      ),
      transport: this.check(() => toTransportSettings(this.options, this.path), {}),
      abort: this.check(() => this.#abort(), undefined),
      events: this.check(() => this.#events(), undefined),
      limits: this.check(() => this.#limits(), undefined),
      verdict: this.check(() => this.#verdict(), undefined),
      seed: this.count('seed', 0),
      repeats: this.check(() => toRepeats(this.options.repeats ?? 1, `${this.path}.repeats`), 1),
      generators: this.check(() => toGenerators(this.options.generators, at), undefined),
    }
  }

  #abort(): AbortPlan | undefined {
    const { abort } = this.options
    return abort === undefined ? undefined : toAbort(abort, `${this.path}.abort`)
  }

  #judge(): Judge {
    const { judge = 'steady' } = this.options
    if (judge === 'steady' || judge === 'all') return judge
    throw new UsageError(`${this.path}.judge`, "'steady' or 'all'", judge)
  }

  #events(): readonly LoadEvents[] | undefined {
    const { events } = this.options
    return events === undefined ? undefined : toEvents(events, `${this.path}.events`)
  }

  #warmUp(): WarmUp {
    const { warmUp, duration } = this.options
    return toWarmUp(warmUp, `${this.path}.warmUp`, duration)
  }

  #verdict(): VerdictOptions | undefined {
    const { verdict } = this.options
    if (verdict === undefined) return undefined
    toVerdictSettings(verdict, `${this.path}.verdict`)
    return verdict as VerdictOptions
  }

  #limits(): Limits | undefined {
    const { limits } = this.options
    if (limits === undefined) return undefined
    parseLimits(limits, `${this.path}.limits`)
    return limits as Limits
  }

  /** @throws UsageError with all mistakes */
  end(): void {
    this.#mistakes.throwAll(this.path)
  }
}
