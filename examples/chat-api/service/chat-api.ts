import { randomUUID, timingSafeEqual } from 'node:crypto'
import type { Call } from '../../services/call.ts'
import { Conversations } from '../../services/conversations.ts'
import { HttpError } from '../../services/http-error.ts'
import { seededRandom } from '../../services/random.ts'
import type { Settings } from './options.ts'
import { Store } from './store.ts'

/** Who may log in, and with which password. */
const ACCOUNTS: ReadonlyMap<string, string> = new Map([
  ['admin', 'admin123'],
  ['guest', 'guest123'],
])

/** What every route works on. */
export class ChatApi {
  readonly settings: Settings
  readonly store: Store
  readonly conversations: Conversations
  readonly #failures: () => number
  #admitted = 0

  constructor(settings: Settings) {
    this.settings = settings
    this.store = new Store(settings.database)
    this.conversations = new Conversations(settings, this.store)
    this.#failures = seededRandom(`${settings.seed}/failures`)
  }

  /** A new access token. @throws HttpError 401 */
  logIn(user: string, password: string): string {
    const known = ACCOUNTS.get(user)
    if (known === undefined || !sameText(known, password)) {
      throw new HttpError(401, 'wrong username or password')
    }
    const token = randomUUID()
    this.store.addToken(token, user)
    return token
  }

  /** The user of the request's access token. @throws HttpError 401 */
  userOf({ request }: Call): string {
    const [, token = ''] = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? []
    const user = this.store.userOf(token)
    if (user !== undefined) return user
    throw new HttpError(401, 'log in and send the access token as a bearer token')
  }

  /** The session that a request is about. @throws HttpError 401, or 404 when it is not the user's */
  sessionOf(call: Call): string {
    const user = this.userOf(call)
    if (this.store.ownerOf(call.id) === user) return call.id
    throw new HttpError(404, `unknown session ${call.id}`)
  }

  /**
   * To be called once per chat or stream.
   * @throws HttpError 503 for the seeded share `fail` of them
   */
  admit(): void {
    const { fail, exitAfter } = this.settings
    this.#admitted += 1
    if (exitAfter !== undefined && this.#admitted > exitAfter) process.exit(70)
    if (fail > 0 && this.#failures() < fail) throw new HttpError(503, 'the model is overloaded')
  }

  async close(): Promise<void> {
    await this.conversations.close()
    this.store.close()
  }
}

/** Takes as long for a wrong password as for the right one. */
function sameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}
