import type { Ms } from '../units/units.ts'
import { CpuTrack } from './cpu-track.ts'
import type { CpuSummary } from './cpu-track.ts'
import { LevelTrack } from './level-track.ts'
import type { LevelSummary } from './level-track.ts'
import { MemoryTrack } from './memory-track.ts'
import type { MemorySummary } from './memory-track.ts'
import type { NodeSample } from './node-watch.ts'
import type { Sample } from './sample.ts'

/** What a monitor saw, as plain data. */
export interface MonitorSummary {
  /** Resident memory; of a tree, what its processes share is counted in each. */
  readonly memory: MemorySummary
  /** Proportional memory (PSS): what is shared counts once. Every 2 s and more. Linux only. */
  readonly pss: MemorySummary
  readonly cpu: CpuSummary
  /** Open files, sockets and the like, of all processes together. Linux only. */
  readonly descriptors: LevelSummary
  /** Of all processes together. Linux only. */
  readonly threads: LevelSummary
  /** Heap in use and what it holds outside of it, of all processes in Node; needs `server.inspect`. */
  readonly heap: MemorySummary
  /** Of the service's processes in Node; needs `server.inspect`. */
  readonly loop: LoopSummary
  /** What a probe has said; of the host `available`, in bytes. */
  readonly values: Readonly<Record<string, LevelSummary>>
}

/** Event loops of a service, at each sample of that process which had it worst since the sample before. */
export interface LoopSummary {
  /** The longest that something which was due had to wait, in ms. */
  readonly delay: LevelSummary
  /** Share of the time in which it was at work, 0–1. */
  readonly busy: LevelSummary
}

/** What is known of a watched process besides its figures. */
type Fate = Pick<MemorySummary, 'label' | 'ended' | 'restarts' | 'problem'>

/** Takes samples in and gives their figures at any time. */
export class WatchedFigures {
  readonly #startedAt: Ms
  readonly #rss = new MemoryTrack()
  readonly #pss = new MemoryTrack()
  readonly #cpu = new CpuTrack()
  readonly #descriptors = new LevelTrack()
  readonly #threads = new LevelTrack()
  readonly #heap = new MemoryTrack()
  readonly #delay = new LevelTrack()
  readonly #busy = new LevelTrack()
  readonly #values = new Map<string, LevelTrack>()

  constructor(startedAt: Ms) {
    this.#startedAt = startedAt
  }

  add({ at: now, rss, pss, cpu, span, descriptors, threads, values = {} }: Sample): void {
    const at = now - this.#startedAt
    if (rss !== undefined) this.#rss.add(at, rss)
    if (pss !== undefined) this.#pss.add(at, pss)
    if (cpu !== undefined) this.#cpu.add(at, cpu, span)
    if (descriptors !== undefined) this.#descriptors.add(at, descriptors)
    if (threads !== undefined) this.#threads.add(at, threads)
    for (const [name, value] of Object.entries(values)) this.#track(name).add(at, value)
  }

  addNode({ at: now, heap, delay, busy, replaced }: NodeSample): void {
    const at = now - this.#startedAt
    if (replaced) this.#heap.restart()
    this.#heap.add(at, heap)
    if (delay !== undefined) this.#delay.add(at, delay)
    if (busy !== undefined) this.#busy.add(at, busy)
  }

  /** What comes now is of another process. */
  restart(): void {
    this.#rss.restart()
    this.#pss.restart()
  }

  summary({ label, ...fate }: Fate): MonitorSummary {
    const values = [...this.#values].map(([name, track]) => [name, track.figures()] as const)
    return {
      memory: { kind: 'memory', label, ...this.#rss.figures(), ...fate },
      pss: { kind: 'memory', label: `${label} (PSS)`, ...this.#pss.figures(), ...fate },
      cpu: { kind: 'cpu', label, ...this.#cpu.figures() },
      descriptors: this.#descriptors.figures(),
      threads: this.#threads.figures(),
      heap: { kind: 'memory', label: `${label} (heap)`, ...this.#heap.figures(), ...fate },
      loop: { delay: this.#delay.figures(), busy: this.#busy.figures() },
      values: Object.fromEntries(values),
    }
  }

  #track(name: string): LevelTrack {
    const track = this.#values.get(name) ?? new LevelTrack()
    this.#values.set(name, track)
    return track
  }
}
