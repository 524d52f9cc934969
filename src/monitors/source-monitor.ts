import type { Clock } from '../clock/clock.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Ms } from '../units/units.ts'
import type { CpuSummary } from './cpu-track.ts'
import { Doubt } from './doubt.ts'
import type { LevelSummary } from './level-track.ts'
import type { MemorySummary, Restart } from './memory-track.ts'
import type { NodeWatch } from './node-watch.ts'
import type { Gone, Sample, Source } from './sample.ts'
import { startTicker } from './ticker.ts'
import type { Ticker } from './ticker.ts'
import { WatchedFigures } from './watched-figures.ts'
import type { LoopSummary, MonitorSummary } from './watched-figures.ts'

/** Watches a process with all its descendants, or something else, until it is stopped or has ended. */
export interface Monitor extends MonitorSummary {
  /** The process that is watched now; `undefined` of what is none. */
  readonly pid: number | undefined
  /** By the monitor's clock; the `at` of every series counts from here. */
  readonly startedAt: Ms
  /** A figure of a probe by its name. @throws UsageError for one that it has not said */
  value(name: string): LevelSummary
  /** What was seen so far; complete after `stop()`. */
  summary(): MonitorSummary
  /** Takes a last sample and ends. */
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

interface Watch {
  readonly source: Source
  readonly node: NodeWatch | undefined
  readonly every: Ms
  readonly label: string
  readonly clock: Clock
}

/** A monitor of any source, beside which the processes of Node may be asked for more. */
export class SourceMonitor implements Monitor {
  readonly startedAt: Ms
  readonly #label: string
  readonly #source: Source
  readonly #node: NodeWatch | undefined
  readonly #tickers: readonly Ticker[]
  readonly #figures: WatchedFigures
  readonly #restarts: Restart[] = []
  #doubt = new Doubt()
  #gone: Gone | undefined
  #problem: string | undefined
  #stopped: Promise<void> | undefined

  constructor({ source, node, every, label, clock }: Watch) {
    this.startedAt = clock.now()
    this.#label = label
    this.#source = source
    this.#figures = new WatchedFigures(this.startedAt)
    this.#node = node
    const grid = { interval: every, clock }
    // Beside each other: a process that is halted does not answer its inspector, and has memory all the same.
    this.#tickers = [
      startTicker(grid, () => this.#take()),
      ...(node === undefined ? [] : [startTicker(grid, () => this.#takeNode(node))]),
    ]
  }

  get pid(): number | undefined {
    return this.#source.pid
  }

  get memory(): MemorySummary {
    return this.summary().memory
  }

  get pss(): MemorySummary {
    return this.summary().pss
  }

  get cpu(): CpuSummary {
    return this.summary().cpu
  }

  get descriptors(): LevelSummary {
    return this.summary().descriptors
  }

  get threads(): LevelSummary {
    return this.summary().threads
  }

  get heap(): MemorySummary {
    return this.summary().heap
  }

  get loop(): LoopSummary {
    return this.summary().loop
  }

  get values(): Readonly<Record<string, LevelSummary>> {
    return this.summary().values
  }

  value(name: string): LevelSummary {
    const { values } = this
    if (Object.hasOwn(values, name)) return values[name] as LevelSummary
    const known = knownNames(name, Object.keys(values))
    const why = this.#problem === undefined ? '' : ` The first problem: ${this.#problem}`
    const message = `${this.#label} has said nothing called ${JSON.stringify(name)} (${known}).${why}`
    throw UsageError.saying('monitor.value', message, name)
  }

  summary(): MonitorSummary {
    return this.#figures.summary({
      label: this.#label,
      ...(this.#gone !== undefined && { ended: this.#gone.gone }),
      ...(this.#restarts.length > 0 && { restarts: [...this.#restarts] }),
      ...(this.#problem !== undefined && { problem: this.#problem }),
    })
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#finish()
    return this.#stopped
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #finish(): Promise<void> {
    await Promise.all(this.#tickers.map((ticker) => ticker.stop()))
    const node = this.#node && this.#takeNode(this.#node)
    if (this.#gone?.forGood !== true) await this.#take('last')
    if (this.#gone === undefined) for (const each of this.#doubt.rest()) this.#figures.add(each)
    await node
    await Promise.all([this.#node?.close(), this.#source.close?.()])
  }

  /** A sample that fails is missing and says why; the load that is being watched goes on. */
  async #take(when?: 'last'): Promise<'go on' | 'over'> {
    try {
      const look = await this.#source.look(when)
      this.#problem ??= look.problem
      this.#gone = 'gone' in look ? look : undefined
      if ('gone' in look) return look.forGood ? 'over' : 'go on'
      this.#add(look)
    } catch (error) {
      this.#problem ??= messageOf(error)
    }
    return 'go on'
  }

  async #takeNode(node: NodeWatch): Promise<'go on'> {
    try {
      const sample = await node.look()
      if (sample !== undefined) this.#figures.addNode(sample)
    } catch (error) {
      this.#problem ??= messageOf(error)
    }
    return 'go on'
  }

  #add(sample: Sample): void {
    if (sample.restartedAs !== undefined) {
      this.#restarts.push({ at: sample.at - this.startedAt, pid: sample.restartedAs })
      this.#figures.restart()
      this.#doubt = new Doubt()
    }
    for (const each of this.#doubt.take(sample)) this.#figures.add(each)
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
