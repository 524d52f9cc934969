import { realClock } from '../clock/clock.ts'
import type { Clock } from '../clock/clock.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'
import { CpuTrack } from './cpu-track.ts'
import type { CpuSummary } from './cpu-track.ts'
import { MemoryTrack } from './memory-track.ts'
import type { MemorySummary } from './memory-track.ts'
import { Doubt } from './doubt.ts'
import { treeSampler, type Sampler, type TreeSample } from './sampler.ts'
import { startTicker } from './ticker.ts'
import type { Ticker } from './ticker.ts'

export type { CpuSummary, MemorySummary }

export interface MonitorOptions {
  /** Time between samples, at least 10 ms; default `'500ms'`. A sample costs about 0.5 ms of CPU. */
  interval?: DurationInput
  /** What reports call it. Default: `process <pid>`. */
  label?: string
  clock?: Clock
}

/** What a monitor saw, as plain data. */
export interface MonitorSummary {
  readonly memory: MemorySummary
  readonly cpu: CpuSummary
}

/** Watches a process with all its descendants until it is stopped or the process ends. */
export interface Monitor {
  readonly pid: number
  /** By the monitor's clock; the `at` of every series counts from here. */
  readonly startedAt: Ms
  /** What was seen so far; complete after `stop()`. */
  readonly memory: MemorySummary
  readonly cpu: CpuSummary
  summary(): MonitorSummary
  /** Takes a last sample and ends. */
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts to watch: `await using monitor = startMonitor(service)`. The first sample is taken at once.
 * @throws UsageError for an interval that is none
 */
export function startMonitor(
  { pid }: { readonly pid: number },
  { interval = '500ms', label = `process ${pid}`, clock = realClock }: MonitorOptions = {},
): Monitor {
  const every = toMs(interval, 'monitor.interval')
  if (every < 10) throw new UsageError('monitor.interval', "at least '10ms'", interval)
  return new TreeMonitor({ pid, every, label, clock })
}

interface Watch {
  readonly pid: number
  readonly every: Ms
  readonly label: string
  readonly clock: Clock
}

class TreeMonitor implements Monitor {
  readonly pid: number
  readonly startedAt: Ms
  readonly #label: string
  readonly #sample: Sampler
  readonly #ticker: Ticker
  readonly #memory = new MemoryTrack()
  readonly #cpu = new CpuTrack()
  readonly #doubt = new Doubt()
  #ended = false
  #problem: string | undefined
  #stopped: Promise<void> | undefined

  constructor({ pid, every, label, clock }: Watch) {
    this.pid = pid
    this.startedAt = clock.now()
    this.#label = label
    this.#sample = treeSampler(pid, clock)
    this.#ticker = startTicker({ interval: every, clock }, () => this.#take())
  }

  get memory(): MemorySummary {
    return {
      kind: 'memory',
      label: this.#label,
      ...this.#memory.figures(),
      ...(this.#ended ? { ended: 'process exited' } : {}),
      ...(this.#problem === undefined ? {} : { problem: this.#problem }),
    }
  }

  get cpu(): CpuSummary {
    return { kind: 'cpu', label: this.#label, ...this.#cpu.figures() }
  }

  summary(): MonitorSummary {
    return { memory: this.memory, cpu: this.cpu }
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#finish()
    return this.#stopped
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  async #finish(): Promise<void> {
    await this.#ticker.stop()
    if (!this.#ended) await this.#take()
    if (!this.#ended) for (const each of this.#doubt.rest()) this.#add(each)
  }

  #add({ at, rss, cpu, span }: TreeSample): void {
    this.#memory.add(at - this.startedAt, rss)
    if (cpu !== undefined) this.#cpu.add(at - this.startedAt, cpu, span)
  }

  /** A sample that fails is missing and says why; the load that is being watched goes on. */
  async #take(): Promise<'go on' | 'over'> {
    try {
      const sample = await this.#sample()
      this.#ended = sample === undefined
      if (sample === undefined) return 'over'
      for (const each of this.#doubt.take(sample)) this.#add(each)
    } catch (error) {
      this.#problem ??= error instanceof Error ? error.message : String(error)
    }
    return 'go on'
  }
}
