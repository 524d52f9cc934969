import type { WebSocket } from 'ws'
import type { Cut } from './faults.ts'

/** One WebSocket client. */
export class Member {
  /** Where it connected to; undefined before. */
  session: string | undefined
  readonly #socket: WebSocket
  readonly #cut: Cut | undefined
  #chunks = 0
  #cutOff = false

  constructor(socket: WebSocket, cut: Cut | undefined) {
    this.#socket = socket
    this.#cut = cut
  }

  send(message: object): void {
    this.sendText(JSON.stringify(message))
  }

  /** A message that is JSON already, the same for all members. */
  sendText(text: string): void {
    if (!this.#cutOff) this.#socket.send(text)
  }

  /** The chunk after which `x-bamboo-cut` breaks off still arrives. */
  sendChunk(text: string): void {
    this.#chunks += 1
    this.sendText(text)
    const cut = this.#cut
    if (cut === undefined || this.#chunks !== cut.after) return
    this.#cutOff = true
    // The ping only tells when all before it is written; terminating at once could lose the chunk.
    if (cut.clean) this.#socket.close(1001, 'asked for with x-bamboo-cut')
    else this.#socket.ping(undefined, undefined, () => this.#socket.terminate())
  }
}

/** Who listens to which session; a member is in one room at a time. */
export class Rooms {
  readonly #rooms = new Map<string, Set<Member>>()

  enter(session: string, member: Member): void {
    this.leave(member)
    member.session = session
    const room = this.#rooms.get(session)
    if (room === undefined) this.#rooms.set(session, new Set([member]))
    else room.add(member)
  }

  leave(member: Member): void {
    if (member.session === undefined) return
    const room = this.#rooms.get(member.session)
    if (room?.delete(member) === true && room.size === 0) this.#rooms.delete(member.session)
    member.session = undefined
  }

  tell(session: string, message: object): void {
    const text = JSON.stringify(message)
    for (const member of this.#rooms.get(session) ?? []) member.sendText(text)
  }

  tellChunk(session: string, content: string): void {
    const text = JSON.stringify({ type: 'chunk', content })
    for (const member of this.#rooms.get(session) ?? []) member.sendChunk(text)
  }
}
