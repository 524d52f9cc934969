import { sleep } from '../clock/sleep.ts'
import type { Clock } from '../clock/clock.ts'
import type { Share } from '../data/share.ts'
import type { Ms } from '../units/units.ts'
import { startTicker, type Ticker } from '../monitors/ticker.ts'
import type { JointEnding, JointLoad, Pulse } from './collective.ts'
import { PulseTaker } from './joint-pulse.ts'
import { JointStates, MOST_IN_FULL } from './joint-states.ts'
import type { LoadControl } from './load-control.ts'
import type { MergedParts, RunPart } from './run-part.ts'
import type { Steerer } from './steering.ts'

const EVERY: Ms = 1_000

/** One load of several generators, in one of them: a common start, one end for all, and one run. */
export class JointRun {
  readonly share: Share
  /** How long after the common start this one was ready. */
  late: Ms = 0
  /** It ended since another generator did. */
  told = false
  /** In the first generator: what the others have recorded so far. */
  readonly states = new JointStates()
  readonly #joined: JointLoad
  readonly #clock: Clock
  readonly #looks: ((generator: number, pulse: Pulse) => void)[] = []
  #pulses: Ticker | undefined

  constructor(joined: JointLoad, clock: Clock) {
    this.#joined = joined
    this.#clock = clock
    this.share = joined.share
  }

  /** Waits for all others and begins with them. Gives when. @throws Error that names who is missing */
  async begin(control: LoadControl): Promise<Ms> {
    this.#end(control)
    this.#pulse(control)
    const { stopping } = control
    try {
      const at = await this.#joined.start(stopping)
      const ahead = at - this.#clock.now()
      if (ahead > 0) await sleep(this.#clock, ahead, stopping)
      this.late = Math.max(0, -ahead)
      return control.begin(at)
    } catch (error) {
      // Ended before it began: nothing is sent, and the others are told all the same.
      if (stopping.aborted) return control.begin()
      throw error
    }
  }

  /** The run of all generators, which may take so long to end after this one. */
  async merge(part: RunPart, within: Ms): Promise<MergedParts> {
    try {
      return await this.#joined.merge(part, within)
    } finally {
      await this.stop()
    }
  }

  /** What is done to the load by hand is done in every generator. */
  steerer(own: Steerer): Steerer {
    this.#joined.onSteer((command) => void own.steer(command))
    return {
      describe: () => own.describe(),
      steer: (command) => {
        const answer = own.steer(command)
        if (answer.ok) this.#joined.steer(command)
        return answer
      },
    }
  }

  /** Calls with what each generator says of itself; in the first one only. */
  onPulse(look: (generator: number, pulse: Pulse) => void): void {
    this.#looks.push(look)
  }

  /** Says no more that this generator is alive. */
  async stop(): Promise<void> {
    await this.#pulses?.stop()
  }

  /** Whoever ends before its time ends all; an end by plan is everyone's own. */
  #end(control: LoadControl): void {
    const { stopping } = control
    const tell = (): void => {
      const { ending, reason } = control
      if (ending === 'complete' || ending === 'deadline' || this.told) return
      this.#joined.end({ ending, ...(reason !== undefined && { reason }) })
    }
    stopping.addEventListener('abort', tell, { once: true })
    if (stopping.aborted) tell()
    this.#joined.onEnd((ending) => this.#follow(control, ending))
  }

  #follow(control: LoadControl, { ending, reason = 'another generator ended' }: JointEnding): void {
    if (control.stopping.aborted) return
    this.told = true
    if (ending === 'stopped') control.stopFor(reason)
    else control.halt(ending, reason)
  }

  #pulse(control: LoadControl): void {
    const { index, of } = this.share
    if (index === 0) this.#joined.onPulse((generator, pulse) => this.#hear(generator, pulse))
    // The first has its own at hand.
    const taker = new PulseTaker(control, this.#clock, index > 0 && of <= MOST_IN_FULL)
    this.#pulses = startTicker({ interval: EVERY, clock: this.#clock }, () => {
      this.#joined.pulse(taker.take())
      return Promise.resolve('go on')
    })
  }

  #hear(generator: number, pulse: Pulse): void {
    if (generator !== this.share.index) this.states.take(generator, pulse)
    for (const look of this.#looks) look(generator, pulse)
  }
}
