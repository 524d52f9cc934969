import type { Plan } from './tokens.ts'

export interface Answer {
  readonly reply: string
  readonly tokens: number
  readonly stopped: boolean
}

/** A reply under way: `ended` never rejects, `stop` ends it with what was said so far. */
export interface Reply {
  readonly ended: Promise<Answer>
  readonly stop: () => void
}

/** Timers count whole ms and may fire a little early; a wait of less than this is not worth one. */
const SOON = 0.5

/**
 * Speaks a plan. Due times count from the start, so lateness never adds up. With a listener there
 * is one timer per token; without one, a single timer for the whole reply.
 */
export class Speech implements Reply {
  readonly ended: Promise<Answer>
  readonly #plan: Plan
  readonly #onToken: ((token: string) => void) | undefined
  readonly #resolve: (answer: Answer) => void
  readonly #started = performance.now()
  #said = 0
  #over = false
  #timer: NodeJS.Timeout | undefined

  constructor(plan: Plan, onToken?: (token: string) => void) {
    const { promise, resolve } = Promise.withResolvers<Answer>()
    this.ended = promise
    this.#resolve = resolve
    this.#plan = plan
    this.#onToken = onToken
    this.#wait()
  }

  readonly stop = (): void => {
    if (this.#over) return
    if (this.#onToken === undefined) this.#sayWhatIsDue()
    this.#end()
  }

  #wait(): void {
    const { due } = this.#plan
    const next = this.#onToken === undefined ? due.at(-1) : due[this.#said]
    const delay = (next ?? 0) - (performance.now() - this.#started)
    if (delay <= SOON) setImmediate(this.#wake)
    else this.#timer = setTimeout(this.#wake, Math.ceil(delay))
  }

  readonly #wake = (): void => {
    if (this.#over) return
    this.#sayWhatIsDue()
    if (this.#over) return
    if (this.#said === this.#plan.tokens.length) this.#end()
    else this.#wait()
  }

  /** The listener may call `stop`, so `#over` is looked at again after every token. */
  #sayWhatIsDue(): void {
    const { tokens, due } = this.#plan
    const now = performance.now() - this.#started + SOON
    while (!this.#over && this.#said < tokens.length && (due[this.#said] ?? 0) <= now) {
      const token = tokens[this.#said] ?? ''
      this.#said += 1
      this.#onToken?.(token)
    }
  }

  #end(): void {
    this.#over = true
    clearTimeout(this.#timer)
    const said = this.#plan.tokens.slice(0, this.#said)
    const stopped = said.length < this.#plan.tokens.length
    this.#resolve({ reply: said.join(''), tokens: said.length, stopped })
  }
}
