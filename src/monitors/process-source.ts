import type { Clock } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'
import type { Gone, Sample, Source } from './sample.ts'
import { treeSampler } from './sampler.ts'
import type { TreeSampler } from './sampler.ts'

/** A process to watch, and where to find it again. */
export interface ProcessTarget {
  readonly label: string
  readonly pid: number
  /** Who has taken its place when it has ended. Without it, its end is that of the watching. */
  readonly again?: () => number | undefined | Promise<number | undefined>
  /** Time between two such looks. */
  readonly lookEvery?: Ms
}

/** A process with all its descendants, and whoever takes its place. */
export class ProcessSource implements Source {
  readonly #target: ProcessTarget
  readonly #clock: Clock
  #pid: number
  #sample: TreeSampler
  #nextLook: Ms = -Infinity

  constructor(target: ProcessTarget, clock: Clock) {
    this.#target = target
    this.#clock = clock
    this.#pid = target.pid
    this.#sample = treeSampler(target.pid, clock)
  }

  get label(): string {
    return this.#target.label
  }

  get pid(): number {
    return this.#pid
  }

  async look(when?: 'last'): Promise<Sample | Gone> {
    const sample = await this.#sample(when)
    if (typeof sample === 'object') return sample
    const gone = goneBy(sample, this.#pid, this.#target.again === undefined)
    const successor = await this.#successor()
    if (successor === undefined) return gone
    const sampler = treeSampler(successor, this.#clock)
    const first = await sampler(when)
    if (typeof first !== 'object') return gone
    this.#pid = successor
    this.#sample = sampler
    return { ...first, restartedAs: successor }
  }

  async #successor(): Promise<number | undefined> {
    const { again, lookEvery = 0 } = this.#target
    const now = this.#clock.now()
    if (again === undefined || now < this.#nextLook) return undefined
    this.#nextLook = now + lookEvery
    const pid = await again()
    return pid === this.#pid ? undefined : pid
  }
}

function goneBy(how: 'ended' | 'replaced', pid: number, forGood: boolean): Gone {
  const gone = { gone: 'process exited', forGood } as const
  if (how === 'ended') return gone
  return { ...gone, problem: `process ${pid} exited, and its pid belongs to another one now` }
}
