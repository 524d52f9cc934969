import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import type { OutcomeKind } from '../metrics/outcome.ts'
import type { Recorder } from '../metrics/recorder.ts'
import type { Sample } from '../metrics/sample.ts'
import type { Ms } from '../units/units.ts'
import { unexpectedStatus } from './answer.ts'
import { takeLag, type Caller } from './caller.ts'
import { classifyError, errorCode } from './classify.ts'
import { failLater, type CallSite } from './error-stack.ts'
import type { Bounded } from './in-flight.ts'
import { bodyStart } from './redact.ts'
import type { OperationError } from './operation-error.ts'
import { Connection } from './socket-connection.ts'
import { handshake, keepCookies } from './socket-handshake.ts'
import type { OpenSockets } from './socket-open.ts'
import type { Target } from './socket-target.ts'
import {
  began,
  failed,
  record,
  type FailureDetails,
  type SocketOperation,
} from './socket-record.ts'

/** Bytes of a refusal's body kept for the error. */
const KEPT = 4_096

/**
 * Opens a connection; recorded under the target's name.
 * @throws OperationError when it was refused, answered with a status, or did not stand in time
 */
export async function dial(
  caller: Caller,
  target: Target,
  sockets: OpenSockets,
  by: DialledBy = { partOf: caller.partOf },
): Promise<Connection> {
  sockets.mustBeOpen()
  const dialing = new Dialing(caller, target, sockets, by)
  sockets.add(dialing)
  try {
    return await dialing.opened
  } finally {
    sockets.delete(dialing)
  }
}

/** On whose behalf a connection is opened. */
interface DialledBy {
  readonly partOf: string | undefined
  /** The line that an error leads to when nobody waits for it. */
  readonly site?: CallSite
}

/** One handshake: its sample and what the deadline watches. */
class Dialing implements Sample, Bounded {
  readonly startedAt: Ms
  readonly lag: Ms
  readonly firstByteAt: Ms | undefined = undefined
  endedAt: Ms = 0
  slot = -1
  order = 0
  outcome: OutcomeKind = 'ok'
  readonly #caller: Caller
  readonly #target: Target
  readonly #by: DialledBy
  readonly #recorder: Recorder
  readonly #ws: WebSocket
  readonly #opened = Promise.withResolvers<Connection>()
  #ended = false
  #status: number | undefined
  #body = ''
  #chosen: string | undefined

  constructor(caller: Caller, target: Target, sockets: OpenSockets, by: DialledBy) {
    this.#caller = caller
    this.#target = target
    this.#by = by
    this.#recorder = caller.recording.current
    this.startedAt = caller.clock.now()
    this.lag = takeLag(caller)
    began(this.#operation())
    this.#ws = handshake(caller, target)
    this.#ws.on('error', (error) => this.#broke(error))
    this.#ws.once('upgrade', ({ headers: set }) => {
      this.#chosen = set['sec-websocket-protocol']
      keepCookies(caller, target, set)
    })
    this.#ws.once('unexpected-response', (_request, response) => this.#refused(response))
    this.#ws.once('open', () => this.#open(sockets))
    caller.inFlight.add(this, this.deadline())
  }

  get opened(): Promise<Connection> {
    return this.#opened.promise
  }

  deadline(): Ms {
    return this.startedAt + this.#target.timeout
  }

  expire(): void {
    if (this.#status !== undefined) return this.#fail('status', new Error('refused'))
    this.#fail('timeout', new Error(`no connection within ${this.#target.timeout} ms`))
  }

  abort(reason: string): void {
    this.#fail('cutOff', new Error(reason))
  }

  close(): Promise<void> {
    this.abort('the client was closed while it connected')
    return Promise.resolve()
  }

  #open(sockets: OpenSockets): void {
    if (this.#ended) return
    // Before anything else: the first message may come in the same read as the handshake's answer.
    const caller = this.#caller
    const connection = new Connection(this.#ws, caller, this.#target)
    sockets.add(connection)
    void connection.closed.then(() => sockets.delete(connection))
    caller.recording.current.sockets.opened++
    this.#finish('ok')
    record(this.#operation(), this)
    this.#opened.resolve(connection)
  }

  /** The service answered with something else than an upgrade; its body says why. */
  #refused(response: IncomingMessage): void {
    this.#status = response.statusCode ?? 0
    keepCookies(this.#caller, this.#target, response.headers)
    const end = (): void => this.#fail('status', new Error('refused'))
    response.on('data', (chunk: Buffer) => {
      if (this.#body.length < KEPT) this.#body += chunk.toString()
    })
    response.once('end', end)
    response.once('error', end)
    response.once('close', end)
  }

  #broke(error: Error): void {
    const kind = classifyError(error)
    // What ws complains of without a code is an answer that is no handshake.
    const unreadable = kind === 'error' && errorCode(error) === undefined
    this.#fail(unreadable ? 'malformed' : kind, error, this.#disagreement(error))
  }

  /** Services must choose one of the subprotocols offered, or refuse; ws gives up otherwise. */
  #disagreement({ message }: Error): string | undefined {
    if (!message.includes('subprotocol')) return undefined
    const offered = this.#target.protocols.map((name) => `'${name}'`).join(', ')
    const chosen = this.#chosen === undefined ? 'none' : `'${this.#chosen}'`
    return `could not agree on a subprotocol: ${offered === '' ? 'none' : offered} offered, the service chose ${chosen}`
  }

  #fail(outcome: Exclude<OutcomeKind, 'ok'>, error: Error, reason?: string): void {
    if (this.#ended) return
    this.#finish(outcome)
    this.#ws.terminate()
    this.#caller.log?.refused(this.#target.url, error)
    const status = this.#status
    const answer =
      status === undefined || outcome !== 'status'
        ? { ...(reason !== undefined && { reason }) }
        : { status, reason: unexpectedStatus(status, 101), body: bodyStart(this.#body) }
    record(this.#operation(), this)
    this.#opened.resolve(failLater(() => this.#failed(error, answer)))
  }

  #failed(error: Error, answer: FailureDetails): OperationError {
    const { site } = this.#by
    return failed(this.#operation(), this, error, {
      ...answer,
      ...(site !== undefined && { site }),
    })
  }

  #finish(outcome: OutcomeKind): void {
    this.#ended = true
    this.outcome = outcome
    this.endedAt = this.#caller.clock.now()
    this.#caller.inFlight.delete(this)
  }

  #operation(): SocketOperation {
    const { url, name, tags } = this.#target
    const caller = { ...this.#caller, partOf: this.#by.partOf }
    return { caller, recorder: this.#recorder, name, url, label: '', tags }
  }
}
