import { UsageError } from '../errors/usage-error.ts'
import { toCount, toMs } from '../units/parse.ts'
import type { DurationInput } from '../units/units.ts'
import { dial } from './socket-dial.ts'
import { FanningOut, type FanOut } from './fan-out.ts'
import type { FanOutReceiver } from './fan-out-receiver.ts'
import type { LinkParts } from './socket-link.ts'
import { toMatches, type Match } from './socket-match.ts'
import type { Since, WaitOptions } from './socket-options.ts'
import { SocketOperations } from './socket-operations.ts'
import { toCause } from './socket-since.ts'
import { checkKeys, timeoutOf } from './socket-target.ts'
import { Socket } from './socket.ts'

/** What a group listens for, besides the match. */
export interface ListenOptions<T> extends WaitOptions {
  /** Different messages that each socket is to get. Default 1. */
  readonly messages?: number
  /** Path to what tells a message from the others; numbers tell their order, too. */
  readonly id?: string
  /** When the cause of a message was; see `socket.measure`. Default: now. */
  readonly since?: Since<T>
  /** How long to go on for duplicates when all has come. Default 50 ms. */
  readonly linger?: DurationInput
}

const LISTEN_OPTIONS = ['messages', 'id', 'since', 'linger', 'timeout']

/** A socket whose messages its group may listen to. */
class Member extends Socket {
  admit(receiver: FanOutReceiver): void {
    receiver.join(this.connection.inbox, this.connection.closure)
  }
}

/** Opens so many at a time; when one fails, those that stand are closed. */
export async function openMembers(
  parts: LinkParts,
  count: number,
  atOnce: number,
): Promise<readonly Member[]> {
  const { caller, target, sockets, site } = parts
  const by = { partOf: caller.partOf, site }
  const members: Member[] = []
  let begun = 0
  const opener = async (): Promise<void> => {
    try {
      while (begun++ < count)
        members.push(new Member(parts, await dial(caller, target, sockets, by)))
    } catch (error) {
      begun = count
      throw error
    }
  }
  const openers = await Promise.allSettled(Array.from({ length: Math.min(atOnce, count) }, opener))
  const failure = openers.find((each) => each.status === 'rejected')
  if (failure === undefined) return members
  await Promise.all(members.map((member) => member.close()))
  throw failure.reason
}

/** Many sockets on one topic. */
export class SocketGroup implements AsyncDisposable {
  readonly sockets: readonly Socket[]
  readonly #members: readonly Member[]
  readonly #parts: LinkParts

  constructor(parts: LinkParts, members: readonly Member[]) {
    this.#parts = parts
    this.#members = members
    this.sockets = members
  }

  /**
   * Listens on all sockets for messages that are meant for each of them. Start it before the cause, and
   * await it behind. Each delivery is recorded under `name`, from its cause until its bytes arrive; one
   * that does not come in time is a failure there. It does not throw: the result says what was lost.
   */
  listen<T = unknown>(
    name: string,
    match?: Match<T>,
    options: ListenOptions<T> = {},
  ): Promise<FanOut> {
    const { caller, target } = this.#parts
    caller.admit('ws')
    checkKeys(options, LISTEN_OPTIONS, 'listen')
    const { id, since, linger = 50 } = options
    const messages = toCount(options.messages ?? 1, 'listen.messages')
    if (messages > 1 && since === undefined) throw untimed(messages)
    const timeout = timeoutOf(options.timeout, caller.timeouts.total)
    const fanning = new FanningOut(
      new SocketOperations(caller, target).of(name, { name }),
      {
        name,
        matches: toMatches(match),
        causeOf: toCause(since, caller.clock.now()),
        id,
        messages,
        timeout,
        linger: toMs(linger, 'listen.linger'),
      },
      this.#members.length,
    )
    for (const [at, receiver] of fanning.receivers.entries()) this.#members[at]?.admit(receiver)
    return fanning.done
  }

  /** Closes all of them. */
  async close(code = 1000, reason = ''): Promise<void> {
    await Promise.all(this.#members.map((socket) => socket.close(code, reason)))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

const untimed = (messages: number): UsageError =>
  UsageError.saying(
    'listen.since',
    `listen for ${messages} messages cannot tell when each was caused: give since, the path to a time in the message or a function`,
  )
