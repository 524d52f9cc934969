import { setTimeout as sleep } from 'node:timers/promises'
import { HttpError } from '../../services/http-error.ts'
import type { Operation } from './operations.ts'
import { seededRandom } from '../../services/random.ts'
import type { Settings } from './settings.ts'

/** What an operation takes at its mean, in ms, beside the time in the database. */
const MEANS: Readonly<Record<Operation, number>> = {
  auth: 4,
  read: 3,
  complex: 10,
  write: 6,
  webhook: 3,
}

/** What a request goes through before it is answered: seeded delays, and the faults that are on. */
export class Weather {
  readonly #settings: Settings
  readonly #random: () => number
  #requests = 0

  constructor(settings: Settings) {
    this.#settings = settings
    this.#random = seededRandom(`${settings.seed}/weather`)
  }

  /** Whether the service is to die now; to be called once per request. */
  isLast(): boolean {
    this.#requests += 1
    return this.#requests === this.#settings.stopAfter
  }

  /** @throws HttpError 503 for the seeded share of a class that fails */
  async pass(operation: Operation): Promise<void> {
    const { delay, slow, fail } = this.#settings
    // Exponential, as waiting for something busy is.
    const waiting = -Math.log(1 - this.#random()) * MEANS[operation] * delay
    const unlucky = this.#random() < (fail[operation] ?? 0)
    const time = waiting + (slow[operation] ?? 0)
    if (time > 0) await sleep(time, undefined, { ref: false })
    if (unlucky) throw new HttpError(503, `no ${operation} operations at the moment`)
  }
}
