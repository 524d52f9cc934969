/** A page shares its machine with the generator: more often than that nothing is drawn. */
const EVERY = 1_000
/** What comes a little early need not wait. */
const SLACK = 250

/** Hands on the newest value: at most one each second, and none while nobody looks. */
export class Paced<Value> {
  readonly #show: (value: Value) => void
  #waiting: { readonly value: Value } | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #shownAt = -Infinity

  constructor(show: (value: Value) => void) {
    this.#show = show
    document.addEventListener('visibilitychange', this.#look)
  }

  put(value: Value): void {
    this.#waiting = { value }
    this.#look()
  }

  close(): void {
    clearTimeout(this.#timer)
    document.removeEventListener('visibilitychange', this.#look)
  }

  readonly #look = (): void => {
    clearTimeout(this.#timer)
    if (this.#waiting === undefined || document.visibilityState === 'hidden') return
    const rest = this.#shownAt + EVERY - performance.now()
    if (rest > SLACK) {
      this.#timer = setTimeout(this.#look, rest)
      return
    }
    const { value } = this.#waiting
    this.#waiting = undefined
    this.#shownAt = performance.now()
    this.#show(value)
  }
}
