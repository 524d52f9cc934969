import type { Settings } from './options.ts'
import { Speech, type Answer, type Reply } from './speech.ts'
import type { Store } from './store.ts'
import { planReply } from './tokens.ts'

/** How a reply is told. */
export interface Telling {
  readonly onToken?: (token: string) => void
  /** From one token to the next, in ms, when this reply is to be slower or faster than others. */
  readonly tokenGap?: number | undefined
}

/** The replies under way, by session, whichever wire they were asked for on. */
export class Conversations {
  readonly #settings: Settings
  readonly #store: Store
  readonly #running = new Map<string, Set<Reply>>()

  constructor(settings: Settings, store: Store) {
    this.#settings = settings
    this.#store = store
  }

  /** Stores the question at once and the answer, even one cut short, when it has ended. */
  say(session: string, message: string, { onToken, tokenGap }: Telling = {}): Reply {
    const number = this.#store.append(session, { role: 'user', content: message }) ?? 0
    const pace = { ...this.#settings, tokenGap: tokenGap ?? this.#settings.tokenGap }
    const speech = new Speech(planReply(pace, `${session}/${number}`), onToken)
    const ended = speech.ended.then((answer) => this.#finish(session, reply, answer))
    const reply: Reply = { ended, stop: speech.stop }
    const replies = this.#running.get(session)
    if (replies === undefined) this.#running.set(session, new Set([reply]))
    else replies.add(reply)
    return reply
  }

  /** How many replies of the session were under way. */
  stop(session: string): number {
    const replies = this.#running.get(session)
    if (replies === undefined) return 0
    this.#running.delete(session)
    for (const reply of replies) reply.stop()
    return replies.size
  }

  /** Stops everything; resolves when the last answer is stored. */
  async close(): Promise<void> {
    const replies = [...this.#running.values()].flatMap((set) => [...set])
    for (const reply of replies) reply.stop()
    await Promise.all(replies.map((reply) => reply.ended))
  }

  #finish(session: string, reply: Reply, answer: Answer): Answer {
    const replies = this.#running.get(session)
    if (replies?.delete(reply) === true && replies.size === 0) this.#running.delete(session)
    this.#store.append(session, { role: 'assistant', content: answer.reply })
    return answer
  }
}
