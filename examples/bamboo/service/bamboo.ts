import { Conversations } from '../../services/conversations.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Settings } from './options.ts'
import { seededRandom } from '../../services/random.ts'
import { Store } from './store.ts'

/** Bytes lost in all: others need the machine, too. */
const MOST_LEAKED = 500_000_000

/** What every route works on. */
export class Bamboo {
  readonly settings: Settings
  readonly store: Store
  readonly conversations: Conversations
  readonly #kept: Buffer[] = []
  readonly #failures: () => number

  constructor(settings: Settings) {
    this.settings = settings
    this.store = new Store(settings.database)
    this.conversations = new Conversations(settings, this.store)
    this.#failures = seededRandom(`${settings.seed}/failures`)
  }

  /** To be called once per request: the leak that memory tests look for, until it would do harm. */
  leak(): void {
    const { leak } = this.settings
    if (leak > 0 && (this.#kept.length + 1) * leak <= MOST_LEAKED)
      this.#kept.push(Buffer.alloc(leak, 1))
  }

  /**
   * To be called once per chat.
   * @throws HttpError 503 for the seeded share `fail` of them
   */
  admit(): void {
    if (this.settings.fail > 0 && this.#failures() < this.settings.fail) {
      throw new HttpError(503, 'overloaded')
    }
  }

  /** @throws HttpError 404 */
  mustKnow(session: string): void {
    if (!this.store.has(session)) throw new HttpError(404, `unknown session ${session}`)
  }

  async close(): Promise<void> {
    await this.conversations.close()
    this.store.close()
  }
}
