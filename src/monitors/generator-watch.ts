import type { Clock } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'
import { CpuWatch } from './generator-cpu.ts'
import type { GeneratorCpu } from './generator-cpu.ts'
import { GcWatch } from './generator-gc.ts'
import type { GcFigures } from './generator-gc.ts'
import { healthOf, type Health } from './generator-health.ts'
import { LoopWatch } from './generator-loop.ts'
import type { LoopFigures } from './generator-loop.ts'
import { startTicker } from './ticker.ts'
import type { Ticker } from './ticker.ts'

/** What the process that generates a load did meanwhile, as plain data. */
export interface GeneratorWatched {
  /** How long it was watched: the judged time. */
  readonly watched: Ms
  readonly loop: LoopFigures
  readonly gc: GcFigures
  readonly cpu: GeneratorCpu
}

const SECOND: Ms = 1_000
const NO_LAG = { count: 0 }

/**
 * Watches this process from `begin` to `end`: its event loop, collections and CPU. It costs a timer every
 * 20 ms, less than a percent of a core, and a look at the loop's utilisation every second.
 */
export class GeneratorWatch {
  readonly #clock: Clock
  #under: Under | undefined
  #figures: GeneratorWatched | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Begins, also anew. */
  begin(): void {
    this.end()
    const loop = new LoopWatch(this.#clock)
    const ticker = startTicker({ interval: SECOND, clock: this.#clock }, () => {
      loop.turn()
      return Promise.resolve('go on')
    })
    const startedAt = this.#clock.now()
    this.#under = { startedAt, loop, ticker, gc: new GcWatch(), cpu: new CpuWatch() }
  }

  /** How it does until now; `undefined` while it is not watched. The machine is looked at when there is something. */
  look(): Health | undefined {
    if (this.#under === undefined) return undefined
    const { startedAt, loop, cpu } = this.#under
    const watched = this.#clock.now() - startedAt
    const { busy, crowded, delay, stalled } = loop.look()
    const figures = { watched, busy, crowded, delayP99: delay.p99, stalled, lag: NO_LAG, cores: 0 }
    const health = healthOf(figures)
    if (health.reasons.length === 0) return health
    const { process, ...machine } = cpu.end(watched)
    return healthOf({ ...figures, ...machine, cpu: process })
  }

  /** Ends; what comes later is not in the figures. */
  end(): void {
    if (this.#under === undefined) return
    const { startedAt, loop, gc, cpu, ticker } = this.#under
    this.#under = undefined
    void ticker.stop()
    const watched = this.#clock.now() - startedAt
    this.#figures = { watched, loop: loop.end(), gc: gc.end(), cpu: cpu.end(watched) }
  }

  /** Ends, and gives what was seen; `undefined` when it never began. */
  figures(): GeneratorWatched | undefined {
    this.end()
    return this.#figures
  }
}

interface Under {
  readonly startedAt: Ms
  readonly loop: LoopWatch
  readonly gc: GcWatch
  readonly cpu: CpuWatch
  readonly ticker: Ticker
}
