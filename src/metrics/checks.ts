import type { Ratio } from '../units/units.ts'

/** How often a check of the suite's own held, as plain data. */
export interface CheckSummary {
  readonly kind: 'check'
  readonly name: string
  readonly passed: number
  readonly failed: number
  readonly total: number
  /** `passed / total` */
  readonly rate: Ratio
  /** What the first failure said: the message of its assertion; absent when it said nothing. */
  readonly first?: string | undefined
}

interface Count {
  passed: number
  failed: number
  first: string | undefined
}

/** Checks told apart in one run; what comes after is counted under `(others)`. */
const MOST_NAMES = 200

/** Counts checks by name. */
export class Checks {
  readonly #counts = new Map<string, Count>()

  /** Counts one; the first message of a name is kept. */
  note(name: string, passed: boolean, message?: string): void {
    const count = this.#of(name)
    if (passed) count.passed++
    else {
      count.failed++
      count.first ??= message
    }
  }

  /** In the order of their first use. */
  data(): readonly CheckSummary[] {
    return [...this.#counts].map(([name, { passed, failed, first }]) => ({
      kind: 'check',
      name,
      passed,
      failed,
      total: passed + failed,
      rate: passed / (passed + failed),
      ...(first !== undefined && { first }),
    }))
  }

  #of(name: string): Count {
    const key = this.#counts.has(name) || this.#counts.size < MOST_NAMES ? name : '(others)'
    const known = this.#counts.get(key)
    if (known !== undefined) return known
    const made = { passed: 0, failed: 0, first: undefined }
    this.#counts.set(key, made)
    return made
  }
}
