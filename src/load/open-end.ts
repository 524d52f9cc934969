import type { Clock } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'
import { ExtensionWatch, type Extension, type ExtensionPlan } from './extension.ts'
import type { LoadControl } from './load-control.ts'
import type { LoadPlan } from './options.ts'
import { WarmUpWatch, type FoundWarmUp } from './warm-up-watch.ts'

/** Times of a run that were found as it went. */
export interface FoundTimes {
  /** Of a load whose limits may keep it going: how it went. */
  readonly extension?: Extension | undefined
  /** Of a load whose warm-up was looked for: what was found. */
  readonly warmUp?: FoundWarmUp | undefined
}

/** How often a warm-up is looked at. */
const EVERY: Ms = 500

/**
 * The course of a load whose judged time begins when it is found to be warm, or goes on until its limits are
 * decided, or both. Its times count from the start of the load.
 */
export class OpenEnd {
  /** Listens to what is answered while the load warms up. */
  readonly warmUp: WarmUpWatch | undefined
  readonly #plan: LoadPlan
  readonly #extension: ExtensionWatch | undefined
  readonly #clock: Clock
  #from: Ms
  #judged: Ms
  #found: FoundWarmUp | undefined
  /** Ends the warm-up that is looked at. */
  #enough: (() => void) | undefined

  constructor(plan: LoadPlan, extension: ExtensionPlan | undefined, clock: Clock) {
    this.#plan = plan
    this.#clock = clock
    this.#from = plan.judge === 'all' ? 0 : plan.rampUp + plan.warmUp
    this.#judged = plan.duration ?? 0
    this.warmUp = plan.warmUpFound ? new WarmUpWatch() : undefined
    this.#extension = extension && new ExtensionWatch(extension, plan.limits)
  }

  /** When the load ends by what is known now. */
  get end(): Ms {
    return this.#from + this.#judged
  }

  /** Looks for the end of the warm-up, enters the judged time with it, and calls; at once without one. */
  begin(control: LoadControl, steady: () => void): void {
    const { warmUp } = this
    if (warmUp === undefined) return steady()
    control.at(this.#plan.rampUp, () => {
      warmUp.begin(control.startedAt + this.#plan.rampUp)
      this.#enough = () => this.#look(warmUp, control, { steady, enough: true })
      this.#look(warmUp, control, { steady })
    })
  }

  /** Whether the judged time begins when it is found to, and has not yet. */
  get isLooking(): boolean {
    return this.warmUp !== undefined && this.#found === undefined
  }

  /** Ends the warm-up now; whether there is one that is looked at. */
  enough(): boolean {
    this.#enough?.()
    return this.#enough !== undefined && !this.isLooking
  }

  /** The judged time began so much earlier than planned. */
  earlier(by: Ms): void {
    this.#from -= by
  }

  /** At its end: whether the load goes on, since limits are not decided. */
  more(control: LoadControl): boolean {
    if (control.stopping.aborted || this.#extension === undefined) return false
    const { name, summary } = control.phases.look(this.#clock.now())
    const judged = name === 'steady' ? this.#extension.next(summary) : undefined
    if (judged === undefined) return false
    this.#judged = judged
    return true
  }

  /** The plan as it turned out. */
  turnedOut(plan: LoadPlan): LoadPlan {
    const times = { warmUp: this.#found?.took ?? plan.warmUp, duration: this.#judged }
    if (plan.model === 'closed') return { ...plan, ...times }
    const { duration } = times
    return { ...plan, ...times, steady: plan.steady.map((stretch) => ({ ...stretch, duration })) }
  }

  /** What was found, for the run; nothing that was not looked for. */
  facts(): FoundTimes {
    return {
      ...(this.#found !== undefined && { warmUp: this.#found }),
      ...(this.#extension !== undefined && { extension: this.#extension.found() }),
    }
  }

  #look(
    warmUp: WarmUpWatch,
    control: LoadControl,
    { steady, enough = false }: { readonly steady: () => void; readonly enough?: boolean },
  ): void {
    if (control.stopping.aborted || this.#found !== undefined) return
    const now = this.#clock.now()
    const at = now - control.startedAt
    const left = this.#plan.rampUp + this.#plan.warmUp - at
    const over = enough || left <= 0
    this.#found = warmUp.look(now) ?? (over ? warmUp.giveUp(now) : undefined)
    if (this.#found === undefined) {
      return control.at(at + Math.min(EVERY, left), () => this.#look(warmUp, control, { steady }))
    }
    warmUp.end()
    this.#from = at
    control.enter('steady', now)
    steady()
  }
}
