import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { onLine, sendLine, type LocalAnswer, type LocalAsk } from './local-wire.ts'
import { RendezvousError, type Loss } from './rendezvous.ts'

type Answer = Exclude<LocalAnswer, { loss: Loss }>
type Take = (answer: Answer) => void

const GONE = 'the process in which the generators met is gone'

/** One generator's line to the place where those of its machine meet. */
export class LocalLink {
  /** Aborts when the line is cut, with a RendezvousError. */
  readonly cut: AbortSignal
  readonly #socket: Socket
  readonly #takers = new Map<number, Take>()
  readonly #cut = new AbortController()
  #asked = 0

  private constructor(socket: Socket, onLoss: (loss: Loss) => void) {
    this.#socket = socket
    this.cut = this.#cut.signal
    socket.on('error', () => {})
    socket.on('close', () => this.#cut.abort(new RendezvousError(GONE)))
    onLine<LocalAnswer>(socket, (answer) => {
      if ('loss' in answer) onLoss(answer.loss)
      else this.#takers.get(answer.nr)?.(answer)
    })
  }

  /** @throws RendezvousError when nobody listens there */
  static async open(path: string, onLoss: (loss: Loss) => void): Promise<LocalLink> {
    const socket = connect(path)
    const link = new LocalLink(socket, onLoss)
    try {
      await once(socket, 'connect')
    } catch (cause) {
      throw new RendezvousError(`no generators meet at local:${path}`, { cause })
    }
    return link
  }

  /** Asks, and waits for the answer. @throws RendezvousError when it is refused or the line is cut */
  ask(ask: LocalAsk, signal?: AbortSignal): Promise<Answer> {
    const ended = signal === undefined ? this.cut : AbortSignal.any([this.cut, signal])
    return new Promise((resolve, reject) => {
      if (ended.aborted) return reject(ended.reason as Error)
      const stop = (): void => settle(() => reject(ended.reason as Error))
      const settle = (act: () => void): void => {
        ended.removeEventListener('abort', stop)
        this.#takers.delete(nr)
        act()
      }
      ended.addEventListener('abort', stop)
      const nr = this.#send(ask, (answer) =>
        settle(() => {
          if ('refused' in answer) reject(new RendezvousError(answer.refused))
          else resolve(answer)
        }),
      )
    })
  }

  /** Asks for what comes in many answers. Gives how to hear of no more. */
  listen(ask: LocalAsk, take: Take): () => void {
    const nr = this.#send(ask, take)
    return () => void this.#takers.delete(nr)
  }

  close(): void {
    this.#socket.end()
  }

  #send(ask: LocalAsk, take: Take): number {
    const nr = this.#asked++
    this.#takers.set(nr, take)
    sendLine(this.#socket, { nr, ...ask })
    return nr
  }
}
