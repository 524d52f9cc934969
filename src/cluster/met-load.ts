import type { Clock } from '../clock/clock.ts'
import type { Share } from '../data/share.ts'
import type { JointEnding, JointLoad, Pulse } from '../load/collective.ts'
import type { LostGenerator, MergedParts, RunPart } from '../load/run-part.ts'
import type { SteerCommand } from '../load/steering.ts'
import type { Ms } from '../units/units.ts'
import { gatherParts, mergeOf } from './gather-parts.ts'
import { generatorName, RendezvousError, type Json, type Rendezvous } from './rendezvous.ts'

interface MetLoadOptions {
  /** Of the load: its names in the rendezvous begin with it. */
  readonly id: string
  readonly seed: number
  /** For all to be ready. */
  readonly gather: Ms
  readonly clock: Clock
}

/** From the moment at which all are ready until they begin: each has to hear of it before. */
const LEAD: Ms = 250

/** For the parts of a load that ended before it began. */
const UNSTARTED: Ms = 5_000

/** What one generator says to all others. */
type Said =
  | ({ readonly kind: 'end' } & JointEnding)
  | { readonly kind: 'fail'; readonly why: string }
  | { readonly kind: 'steer'; readonly command: SteerCommand }

/** A load that this generator has met the others over. */
export class MetLoad implements JointLoad {
  readonly share: Share
  readonly seed: number
  readonly #rendezvous: Rendezvous
  readonly #options: MetLoadOptions
  /** Aborts when nothing is to be heard any more. */
  readonly #over = new AbortController()
  /** Aborts with what keeps the load from its beginning. */
  readonly #broken = new AbortController()
  readonly #lost = new Map<number, LostGenerator>()
  #lose: (lost: LostGenerator) => void = () => {}
  #ends: (ending: JointEnding) => void = () => {}
  #steers: (command: SteerCommand) => void = () => {}
  #told: JointEnding | undefined
  #look: ((generator: number, pulse: Pulse) => void) | undefined
  #pulsing = false
  #started = false

  constructor(rendezvous: Rendezvous, options: MetLoadOptions) {
    this.#rendezvous = rendezvous
    this.#options = options
    this.share = rendezvous.share
    this.seed = options.seed
    rendezvous.onLoss(({ generator, why }) => this.#loses({ generator, why }))
    void this.#hear()
  }

  async start(signal: AbortSignal): Promise<Ms> {
    const { id, gather: within, clock } = this.#options
    const waiting = { within, signal: AbortSignal.any([signal, this.#broken.signal]) }
    const { offset, uncertainty } = await this.#rendezvous.synchronize()
    await this.#rendezvous.signalAndWait(`${id}/ready`, waiting)
    const make = (): number => clock.now() + offset + LEAD + 10 * uncertainty
    const at = await this.#rendezvous.getOrCreate(`${id}/start`, make, waiting)
    this.#broken.signal.throwIfAborted()
    this.#started = true
    return (at as number) - offset
  }

  end({ ending, reason }: JointEnding): void {
    const who = generatorName(this.share.index, this.share.of)
    void this.#say({ kind: 'end', ending, reason: `${who}: ${reason ?? ending}` })
  }

  onEnd(ends: (ending: JointEnding) => void): void {
    this.#ends = ends
    if (this.#told !== undefined) ends(this.#told)
  }

  steer(command: SteerCommand): void {
    void this.#say({ kind: 'steer', command })
  }

  onSteer(steers: (command: SteerCommand) => void): void {
    this.#steers = steers
  }

  pulse(pulse: Pulse): void {
    this.#look?.(this.share.index, pulse)
    if (this.share.index === 0 || this.#pulsing) return
    this.#pulsing = true
    const { id } = this.#options
    // Nothing depends on it: what is lost of it nobody misses.
    this.#rendezvous
      .append(`${id}/pulse`, pulse as Pulse & Json)
      .catch(() => {})
      .finally(() => {
        this.#pulsing = false
      })
  }

  onPulse(look: (generator: number, pulse: Pulse) => void): void {
    this.#look = look
    void this.#hearPulses(look)
  }

  async merge(part: RunPart, left: Ms): Promise<MergedParts> {
    const { id } = this.#options
    // Some may never have come.
    const within = this.#started ? left : Math.min(left, UNSTARTED)
    const parts = { rendezvous: this.#rendezvous, id, within, signal: this.#over.signal }
    const losing = {
      lost: this.#lost,
      onLost: (lose: (lost: LostGenerator) => void) => {
        this.#lose = lose
      },
    }
    try {
      return await (this.share.index === 0
        ? mergeOf(part, parts, losing)
        : gatherParts(part, parts, losing))
    } finally {
      this.#over.abort()
    }
  }

  async fail(error: unknown): Promise<void> {
    if (this.#over.signal.aborted) return
    const message = error instanceof Error ? error.message : String(error)
    const who = generatorName(this.share.index, this.share.of)
    // What it was told by another is no news.
    if (error !== this.#broken.signal.reason) {
      await this.#say({ kind: 'fail', why: `${who}: ${message}` })
    }
    this.#over.abort()
  }

  async #say(said: Said): Promise<void> {
    await this.#rendezvous.append(`${this.#options.id}/say`, said as Said & Json).catch(() => {})
  }

  async #hear(): Promise<void> {
    const stream = `${this.#options.id}/say`
    for await (const { generator, data } of this.#rendezvous.read(stream, this.#over.signal)) {
      if (generator === this.share.index) continue
      const said = data as Said & Json
      if (said.kind === 'end') this.#isTold({ ending: said.ending, reason: said.reason })
      else if (said.kind === 'steer') this.#steers(said.command)
      else this.#loses({ generator, why: said.why }, said.why)
    }
  }

  async #hearPulses(look: (generator: number, pulse: Pulse) => void): Promise<void> {
    const stream = `${this.#options.id}/pulse`
    for await (const { generator, data } of this.#rendezvous.read(stream, this.#over.signal)) {
      look(generator, data as Pulse & Json)
    }
  }

  /** One of them will give no part: the load is over for all, at its beginning or in the middle. */
  #loses(loss: LostGenerator, said?: string): void {
    if (this.#over.signal.aborted || this.#lost.has(loss.generator)) return
    this.#lost.set(loss.generator, loss)
    const who = generatorName(loss.generator, this.share.of)
    const reason = said ?? `${who} is lost: ${loss.why}`
    this.#broken.abort(new RendezvousError(reason))
    this.#lose(loss)
    // Before that, it is `start` that fails.
    if (this.#started) this.#isTold({ ending: 'interrupted', reason })
  }

  #isTold(ending: JointEnding): void {
    if (this.#told !== undefined) return
    this.#told = ending
    this.#ends(ending)
  }
}
