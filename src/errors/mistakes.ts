import { UsageError } from './usage-error.ts'

/** Gathers the mistakes of an input, so that its user hears of all of them at once. */
export class Mistakes {
  readonly #found: UsageError[] = []

  /** The parsed value, or `fallback` when it was a mistake. Other errors pass. */
  check<T>(parse: () => T, fallback: T): T {
    try {
      return parse()
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      this.#found.push(error)
      return fallback
    }
  }

  get all(): readonly UsageError[] {
    return this.#found
  }

  add(...mistakes: readonly UsageError[]): void {
    this.#found.push(...mistakes)
  }

  /** @throws UsageError with everything that was found; for the path that all of it is under */
  throwAll(path: string): void {
    if (this.#found.length > 0) throw UsageError.all(path, this.#found)
  }
}
