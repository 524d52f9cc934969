import type { Message } from './message.ts'
import { Speech, type Answer, type Reply } from './speech.ts'
import { planReply, type Pace } from './tokens.ts'

/** Where what was said is kept. */
export interface Transcript {
  /** The message's number within its session; undefined when there is no such session. */
  append(session: string, message: Message): number | undefined
}

/** How a reply is told: what is given here wins over the pace of all replies. */
export interface Telling {
  readonly onToken?: (token: string) => void
  readonly tokenGap?: number | undefined
  readonly tokens?: number | undefined
}

/** The replies under way, by session, whichever wire they were asked for on. */
export class Conversations {
  readonly #pace: Pace
  readonly #transcript: Transcript
  readonly #running = new Map<string, Set<Reply>>()

  constructor(pace: Pace, transcript: Transcript) {
    this.#pace = pace
    this.#transcript = transcript
  }

  /** Stores the question at once and the answer, even one cut short, when it has ended. */
  say(session: string, message: string, { onToken, ...wanted }: Telling = {}): Reply {
    const number = this.#transcript.append(session, { role: 'user', content: message }) ?? 0
    const pace = {
      ...this.#pace,
      tokenGap: wanted.tokenGap ?? this.#pace.tokenGap,
      tokens: wanted.tokens ?? this.#pace.tokens,
    }
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
    this.#transcript.append(session, { role: 'assistant', content: answer.reply })
    return answer
  }
}
