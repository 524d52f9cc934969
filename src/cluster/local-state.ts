import type { Socket } from 'node:net'
import { LocalBarriers } from './local-barriers.ts'
import { LocalStreams } from './local-streams.ts'
import { LocalValues } from './local-values.ts'
import { sendLine, type LocalAsk, type Numbered, type Reply } from './local-wire.ts'
import { generatorName, type Loss } from './rendezvous.ts'

/** What a process of a generator has joined as. */
interface Member {
  readonly generator: number
  readonly of: number
  readonly socket: Socket
}

/** What generators of one run have agreed on so far, who is there, and who is lost. */
export class LocalState {
  readonly #members = new Map<Socket, Member>()
  readonly #losses: Loss[] = []
  readonly #values = new LocalValues()
  readonly #barriers = new LocalBarriers()
  readonly #streams = new LocalStreams()

  take(ask: Numbered, socket: Socket): void {
    const { nr } = ask
    const reply: Reply = (answer) => sendLine(socket, { nr, ...answer })
    if (ask.op === 'join') return this.#join(ask, socket, reply)
    const member = this.#members.get(socket)
    if (member === undefined) return reply({ refused: 'who asks has not joined, or has left' })
    this.#answer(ask, member, reply)
  }

  /** A connection has ended; it is a loss unless its generator has left. */
  closed(socket: Socket): void {
    const member = this.#members.get(socket)
    this.#members.delete(socket)
    if (member === undefined) return
    const { generator, of } = member
    const loss = { generator, why: 'its process ended, or hung up' }
    this.#losses.push(loss)
    const name = generatorName(generator, of)
    this.#values.lost(generator, name)
    this.#barriers.gone(generator, `${name} is gone: ${loss.why}`)
    for (const each of this.#members.keys()) sendLine(each, { loss })
  }

  #join({ generator, of }: Extract<LocalAsk, { op: 'join' }>, socket: Socket, reply: Reply): void {
    const others = [...this.#members.values()]
    const name = generatorName(generator, of)
    if (others.some((each) => each.generator === generator)) {
      return reply({ refused: `${name} is taken by another process` })
    }
    const other = others.find((each) => each.of !== of)
    if (other !== undefined) {
      return reply({ refused: `${name} does not belong to a run of ${other.of} generators` })
    }
    this.#members.set(socket, { generator, of, socket })
    reply({ ok: true })
    for (const loss of this.#losses) sendLine(socket, { loss })
  }

  #answer(ask: Exclude<LocalAsk, { op: 'join' }>, member: Member, reply: Reply): void {
    const { generator, of } = member
    switch (ask.op) {
      case 'take':
        return this.#values.take(ask.id, generator, reply)
      case 'made':
        this.#values.made(ask.id, ask.made)
        return reply({ ok: true })
      case 'signal':
        return this.#barriers.signal(ask.event, { generator, of }, reply)
      case 'missing':
        return reply({ missing: this.#barriers.missing(ask.event, of) })
      case 'append':
        this.#streams.append(ask.stream, ask.entry)
        return reply({ ok: true })
      case 'read':
        return this.#streams.read(ask.stream, reply)
      case 'leave':
        this.#members.delete(member.socket)
        this.#barriers.gone(generator, `${generatorName(generator, of)} has left`)
        return reply({ ok: true })
      default:
        return ask satisfies never
    }
  }
}
