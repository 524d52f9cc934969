import type { OperationListener } from '../metrics/listened-series.ts'
import { latencyOf, type Sample } from '../metrics/sample.ts'
import type { Series } from '../metrics/series.ts'
import { mser5 } from '../stats/mser.ts'
import type { Ms } from '../units/units.ts'

/** A warm-up whose end was looked for. */
export interface FoundWarmUp {
  /** How long it took. */
  readonly took: Ms
  /** How much of it was unlike the rest; missing when it did not become steady in time. */
  readonly unsteady?: Ms | undefined
  /** So few requests had ended that nothing can be said. */
  readonly few?: true | undefined
}

/** A latency beside the others of its name, and when it was known. */
interface Answer {
  readonly name: string
  readonly latency: Ms
  readonly at: Ms
}

/** Looks that must agree: of a slow decline, one stretch may look level by chance. */
const LOOKS = 2
/** A warm-up of less is over before anything is seen of it. */
const LEAST: Ms = 2_000
/** Answers that are looked at: beyond, a look would take the generator's time. */
const MOST = 200_000

/**
 * Finds out when a load is warm: by MSER-5 over the latencies of all that succeeded since the ramp-up, each
 * divided by the mean of its name, so that a slow kind of request among quick ones is no slow time. It is warm
 * when what is to be left out lies in the first half of what was seen, at two looks.
 */
export class WarmUpWatch implements OperationListener {
  readonly #operations: Answer[] = []
  readonly #iterations: Answer[] = []
  #from: Ms | undefined
  #agreed = 0

  began(): void {}

  ended({ name }: Pick<Series, 'name'>, sample: Sample): void {
    this.#add(this.#operations, name, sample)
  }

  iteration(sample: Sample): void {
    this.#add(this.#iterations, 'iterations', sample)
  }

  /** From now on it is looked at. */
  begin(now: Ms): void {
    this.#from = now
  }

  /** What was found until now; `undefined` while it goes on. */
  look(now: Ms): FoundWarmUp | undefined {
    const from = this.#from ?? now
    const found = mser5(this.#levels())
    const steady = found?.settled === true && now - from >= LEAST
    this.#agreed = steady ? this.#agreed + 1 : 0
    if (this.#agreed < LOOKS || found === undefined) return undefined
    const last = found.cut === 0 ? undefined : this.#answers[found.cut - 1]
    return { took: now - from, unsteady: last === undefined ? 0 : last.at - from }
  }

  /** It has to end, found or not. */
  giveUp(now: Ms): FoundWarmUp {
    const few = mser5(this.#levels()) === undefined
    return { took: now - (this.#from ?? now), ...(few && { few }) }
  }

  /** No more answers are taken. */
  end(): void {
    this.#from = undefined
    this.#operations.length = 0
    this.#iterations.length = 0
  }

  /** A load that makes no requests is looked at by its iterations. */
  get #answers(): readonly Answer[] {
    return this.#operations.length === 0 ? this.#iterations : this.#operations
  }

  #add(to: Answer[], name: string, sample: Sample): void {
    if (this.#from === undefined || sample.outcome !== 'ok' || sample.startedAt < this.#from) return
    if (to.length < MOST) to.push({ name, latency: latencyOf(sample), at: sample.endedAt })
  }

  #levels(): readonly number[] {
    const sums = new Map<string, { sum: number; count: number }>()
    for (const { name, latency } of this.#answers) {
      const of = sums.get(name) ?? { sum: 0, count: 0 }
      of.sum += latency
      of.count++
      sums.set(name, of)
    }
    return this.#answers.map(({ name, latency }) => {
      const { sum = 0, count = 1 } = sums.get(name) ?? {}
      return sum === 0 ? 1 : (latency * count) / sum
    })
  }
}
