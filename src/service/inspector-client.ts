import { WebSocket } from 'ws'
import { realClock } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'

/** Nobody speaks there any more: the process has ended. */
export class InspectorGone extends Error {
  override readonly name = 'InspectorGone'
}

/** A process that has just been asked may be halted, or busy for long. */
const HANDSHAKE: Ms = 2_000

interface Asked {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: Error) => void
}

/**
 * A conversation with the inspector of a process of Node. It has a price only while something is asked.
 * @see https://chromedevtools.github.io/devtools-protocol/v8/
 */
export class InspectorClient {
  readonly #socket: WebSocket
  readonly #asked = new Map<number, Asked>()
  #count = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data: Buffer) => this.#answered(String(data)))
    socket.once('close', () => this.#ended())
  }

  /** @throws InspectorGone, or Error when it does not answer in time */
  static async open(url: string): Promise<InspectorClient> {
    const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: HANDSHAKE })
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve).on('error', (error) => {
        const late = error.message.includes('timed out')
        reject(late ? error : new InspectorGone('the process has ended'))
      })
    })
    return new InspectorClient(socket)
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN
  }

  /** @throws InspectorGone when the process ends meanwhile, Error when it does not answer `within` so long */
  ask(method: string, params: object, within?: Ms): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const id = ++this.#count
    const late = (): void => reject(new Error('the inspector does not answer'))
    const timer = within === undefined ? undefined : realClock.setTimeout(late, within)
    if (this.isOpen) {
      this.#asked.set(id, { resolve, reject })
      this.#socket.send(JSON.stringify({ id, method, params }))
    } else reject(new InspectorGone('the process has ended'))
    return promise.finally(() => {
      realClock.clearTimeout(timer)
      this.#asked.delete(id)
    })
  }

  close(): void {
    this.#socket.terminate()
  }

  #answered(text: string): void {
    const { id = 0, result } = JSON.parse(text) as { id?: number; result?: unknown }
    this.#asked.get(id)?.resolve(result)
  }

  #ended(): void {
    const gone = new InspectorGone('the process ended while it was inspected')
    for (const { reject } of this.#asked.values()) reject(gone)
  }
}
