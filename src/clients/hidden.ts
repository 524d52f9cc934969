/** Shorter values are no secrets, and would be found in every other word. */
const LEAST = 6
/** Secrets of one process that are known by their value. */
const MOST = 500
/** Calls that are looked at for them: log-ins come first. */
const MOST_CALLS = 2_000

/** What stands for a secret. */
export const HIDDEN = '[redacted]'

/** What is no secret although its name is telling: a path, a number, a single word (as in many a test). */
const HARMLESS = /^(?:[./~\\].*|\d+|[A-Z]?[a-z]+|\[redacted\].*)$/s

/**
 * What one process knows to be secret besides what is telling by itself: names that the config says, and
 * values that it has seen under telling names, in its environment and in the first calls that it made.
 */
export class HiddenValues {
  /** The longest first: one may be the start of another. */
  #values: string[] = []
  readonly #names: string[] = []
  #calls = MOST_CALLS

  /** Whether the next call should be looked at. */
  get curious(): boolean {
    return this.#calls > 0 && this.#values.length < MOST
  }

  /** One more call was looked at. */
  looked(): void {
    this.#calls--
  }

  /** Names of fields that the config calls secret. */
  get names(): readonly string[] {
    return this.#names
  }

  name(field: string): void {
    if (!this.#names.includes(field)) this.#names.push(field)
  }

  /** Keeps a value that stood under a telling name. */
  learn(value: string): void {
    if (value.length < LEAST || HARMLESS.test(value) || this.#values.length >= MOST) return
    if (this.#values.includes(value)) return
    this.#values = [...this.#values, value].toSorted((left, right) => right.length - left.length)
  }

  /** A text without the values that are known. */
  hide(text: string): string {
    let hidden = text
    for (const value of this.#values) {
      if (hidden.includes(value)) hidden = hidden.replaceAll(value, HIDDEN)
    }
    return hidden
  }
}

/** What this process knows. */
export const KNOWN_SECRETS = new HiddenValues()
