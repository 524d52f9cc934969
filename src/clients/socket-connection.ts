import { KNOWN_SECRETS } from './hidden.ts'
import { learnFromMessage } from './learn-secrets.ts'
import type { WebSocket } from 'ws'
import { UsageError } from '../errors/usage-error.ts'
import type { Ms } from '../units/units.ts'
import type { Caller } from './caller.ts'
import type { Closure } from './socket-closure.ts'
import { Inbox, MOST_KEPT, MOST_KEPT_BYTES } from './socket-inbox.ts'
import type { Target } from './socket-target.ts'
import { Message, sizeOf } from './socket-message.ts'
import type { SocketWatcher } from './watcher.ts'

/** How long the service may take to answer the closing handshake. */
export const GOODBYE: Ms = 1_000

/** One connection from its opening to its end; a socket that reconnects gets another one. */
export class Connection {
  readonly inbox = new Inbox()
  readonly closed: Promise<Closure>
  /** Set once, at the end. */
  closure: Closure | undefined = undefined
  readonly #ws: WebSocket
  readonly #caller: Caller
  readonly #expected: readonly number[]
  readonly #watcher: SocketWatcher | undefined
  readonly #resolveClosed: (closure: Closure) => void
  #error: Error | undefined
  #closing = false
  #pings = 0
  #pongs: Map<string, (at: Ms) => void> | undefined
  /** Told of its end, and how many waited for something then. */
  onEnd: ((closure: Closure, waited: number) => void) | undefined

  constructor(ws: WebSocket, caller: Caller, target: Pick<Target, 'expectClose' | 'url'>) {
    this.#ws = ws
    this.#caller = caller
    this.#expected = target.expectClose
    this.#watcher = caller.log?.socket(target.url)
    const { promise, resolve } = Promise.withResolvers<Closure>()
    this.closed = promise
    this.#resolveClosed = resolve
    ws.on('message', this.#onMessage)
    ws.on('error', this.#onError)
    ws.on('close', this.#onClose)
  }

  get open(): boolean {
    return this.closure === undefined && this.#ws.readyState === this.#ws.OPEN
  }

  /** Why nothing can be sent any more; `undefined` while it is open. */
  get ending(): Closure | undefined {
    if (this.open) return undefined
    const by = this.#closing ? 'us' : 'service'
    return this.closure ?? { code: 1005, reason: 'it is closing', by }
  }

  /** As WHATWG numbers them: 1 open, 2 closing, 3 closed. */
  get readyState(): number {
    return this.closure === undefined ? this.#ws.readyState : this.#ws.CLOSED
  }

  get bufferedAmount(): number {
    return this.#ws.bufferedAmount
  }

  /** What the service chose of the subprotocols offered; `''` when none were. */
  get protocol(): string {
    return this.#ws.protocol
  }

  send(data: string | Uint8Array | ArrayBuffer): void {
    this.#watcher?.sent(data)
    const { recording, clock } = this.#caller
    recording.current.sockets.sent.add(sizeOf(data), clock.now())
    if (KNOWN_SECRETS.curious) learnFromMessage(data)
    this.#ws.send(data)
  }

  /** Sends a ping frame with a payload of its own, which it gives; the pong with the same is told. */
  ping(onPong: (at: Ms) => void): string {
    const payload = String(++this.#pings)
    this.#listenToPongs().set(payload, onPong)
    this.#ws.ping(payload)
    return payload
  }

  forgetPing(payload: string): void {
    this.#pongs?.delete(payload)
  }

  /** Ends it at once, without a close frame. */
  drop(reason: string): void {
    this.#end({ code: 1006, reason, by: 'us' })
  }

  /**
   * The closing handshake; cut short when the service does not answer it in time.
   * @throws UsageError for a code or reason that may not be sent
   */
  async close(code = 1000, reason = ''): Promise<void> {
    if (this.closure !== undefined) return
    if (!this.#closing) this.#sayGoodbye(code, reason)
    const end = (): void =>
      this.#end({ code: 1006, reason: 'the service did not answer', by: 'us' })
    const { clock } = this.#caller
    const timer = clock.setTimeout(end, GOODBYE)
    await this.closed
    clock.clearTimeout(timer)
  }

  #sayGoodbye(code: number, reason: string): void {
    try {
      this.#ws.close(code, reason)
    } catch {
      const expected = '1000 or from 3000 to 4999 with a reason of at most 123 bytes'
      throw new UsageError('the close code', expected, reason === '' ? code : { code, reason })
    }
    this.#closing = true
  }

  readonly #onMessage = (data: unknown, binary: boolean): void => {
    const { recording, clock } = this.#caller
    const message = new Message(data as Buffer, binary, clock.now())
    recording.current.sockets.received.add(message.size, message.at)
    this.#watcher?.received(data as Buffer, binary)
    this.inbox.deliver(message)
    if (!this.inbox.overflown) return
    const size = `gave its connection up: more than ${MOST_KEPT} messages or ${MOST_KEPT_BYTES / 2 ** 20} MiB arrived that nobody received`
    this.#end({
      code: 1006,
      reason: `${size}: receive them, or call socket.discard()`,
      by: 'inbox',
    })
  }

  /** Most sockets are never pinged, and there may be thousands. */
  #listenToPongs(): Map<string, (at: Ms) => void> {
    if (this.#pongs !== undefined) return this.#pongs
    const pongs = new Map<string, (at: Ms) => void>()
    this.#ws.on('pong', (data: Buffer) => {
      const payload = data.toString()
      pongs.get(payload)?.(this.#caller.clock.now())
      pongs.delete(payload)
    })
    return (this.#pongs = pongs)
  }

  /** The close event follows; this only says why. The listener stays: no error may go unhandled. */
  readonly #onError = (error: Error): void => {
    this.#error ??= error
  }

  readonly #onClose = (code: number, reason: Buffer): void => {
    const by = this.#closing ? 'us' : 'service'
    const expected = by === 'service' && this.#expected.includes(code)
    this.#end({ code, reason: reason.toString(), by, expected, error: this.#error })
  }

  #end(closure: Closure): void {
    if (this.closure !== undefined) return
    this.closure = closure
    this.#watcher?.ended(closure)
    this.#ws.off('message', this.#onMessage)
    this.#ws.off('close', this.#onClose)
    this.#ws.terminate()
    this.#caller.recording.current.sockets.closed(closure.code)
    this.onEnd?.(closure, this.inbox.end(closure))
    this.#resolveClosed(closure)
  }
}
