import { UsageError } from '../errors/usage-error.ts'
import { isFailure, type OutcomeKind } from '../metrics/outcome.ts'
import { Answer } from './answer.ts'
import { takeLag, type Caller } from './caller.ts'
import type { HttpClient } from './http.ts'
import type { Entry } from './judgement.ts'
import { OperationError } from './operation-error.ts'
import type { SessionCallOptions, SessionDefinition } from './session-definition.ts'
import { checkTags, type Tags } from './tags.ts'
import { TokenStream } from './token-stream.ts'

type Name = 'open' | 'chat' | 'stream' | 'history' | 'stop' | 'close'

/**
 * One session with the service under test. Its operations are recorded as `open`, `chat`, `stream`,
 * `history`, `stop` and `close`; the HTTP calls that they consist of are their parts. The first
 * operation opens the session if nothing has.
 */
export class Session {
  readonly #caller: Caller
  readonly #http: HttpClient
  readonly #definition: SessionDefinition
  readonly #asked: string | undefined
  /** Streams under way. */
  readonly #running = new Set<TokenStream>()
  #opening: Promise<string> | undefined
  #id: string | undefined

  constructor(caller: Caller, http: HttpClient, definition: SessionDefinition, id?: string) {
    this.#caller = caller
    this.#http = http
    this.#definition = definition
    this.#asked = id
  }

  /** The id that the service gave. @throws UsageError before the session is open */
  get id(): string {
    if (this.#id !== undefined) return this.#id
    throw UsageError.saying(
      'session.id',
      'session.id is known once the session is open: await session.open() first',
    )
  }

  /** Opens the session; once it is open, nothing more happens. */
  open(): Promise<string> {
    this.#opening ??= this.#open()
    return this.#opening
  }

  /**
   * Says something and waits for the whole answer: what the definition gives, an `Answer` when it is
   * made of routes. The type is the caller's claim, not checked.
   */
  async chat<R = Answer>(text: string, options: SessionCallOptions = {}): Promise<R> {
    const chat = this.#need('chat')
    const id = await this.open()
    return (await this.#record(
      'chat',
      (http) => chat.call(this.#definition, { http, id }, text, options),
      options.tags,
    )) as R
  }

  /** Says something and reads the answer token by token: await it, or iterate it. */
  stream(text: string, options: SessionCallOptions = {}): TokenStream {
    const stream = this.#need('stream')
    const start = (id: string): TokenStream => {
      const http = this.#http.streamingAs('stream')
      return stream.call(this.#definition, { http, id }, text, options)
    }
    const running = this.#id === undefined ? TokenStream.later(this.open(), start) : start(this.#id)
    this.#running.add(running)
    running.whenEnded(() => this.#running.delete(running))
    return running
  }

  /** What was said so far; the type of a message is the caller's claim, not checked. */
  async history<M = unknown>(options: SessionCallOptions = {}): Promise<readonly M[]> {
    const history = this.#need('history')
    const id = await this.open()
    return (await this.#record(
      'history',
      (http) => history.call(this.#definition, { http, id }, options),
      options.tags,
    )) as readonly M[]
  }

  /**
   * Stops the answer that is running; never waits behind it. Gives what `chat` gives. The streams of
   * this session that it ends have gone well, and their `stopLatency` is how long that took.
   */
  async stop<R = Answer>(options: SessionCallOptions = {}): Promise<R> {
    const stop = this.#need('stop')
    const id = await this.open()
    const streams = [...this.#running]
    const at = this.#caller.clock.now()
    for (const stream of streams) stream.stopping(at)
    try {
      return (await this.#record(
        'stop',
        (http) => stop.call(this.#definition, { http, id }, options),
        options.tags,
      )) as R
    } catch (error) {
      for (const stream of streams) stream.stopping(undefined)
      throw error
    }
  }

  /** Closes the session, if it is open and the service knows closing. */
  async close(): Promise<void> {
    const definition = this.#definition
    const id = this.#id
    if (id === undefined) return
    this.#id = undefined
    this.#opening = undefined
    if (definition.close === undefined) return
    await this.#record('close', async (http) => definition.close?.({ http, id }))
  }

  async #open(): Promise<string> {
    try {
      const id = this.#asked
      this.#id = await this.#record('open', (http) => this.#definition.open({ http, id }))
      return this.#id
    } catch (error) {
      this.#opening = undefined
      throw error
    }
  }

  #need<K extends 'chat' | 'stream' | 'history' | 'stop'>(
    name: K,
  ): NonNullable<SessionDefinition[K]> {
    this.#caller.admit('session')
    const operation = this.#definition[name]
    if (operation !== undefined) return operation
    throw UsageError.saying(
      `session.${name}`,
      `session.${name}() is not described: add session: { ${name}: 'POST /…' } to perf() in the Vitest config, or to defineSession()`,
    )
  }

  async #record<R>(name: Name, run: (http: HttpClient) => Promise<R>, tags?: Tags): Promise<R> {
    if (tags !== undefined) checkTags(tags, `session.${name}.tags`)
    const { clock, recording, tally } = this.#caller
    const recorder = recording.current
    const series = recorder.series(name, { tags })
    series.begins()
    const lag = takeLag(this.#caller)
    const startedAt = clock.now()
    const failedBefore = tally.failed
    const end = (outcome: OutcomeKind): Entry => {
      const sample = { outcome, startedAt, lag, endedAt: clock.now(), firstByteAt: undefined }
      series.record(sample)
      return { series, sample }
    }
    try {
      const result = await run(this.#http.within(name))
      const entry = end('ok')
      if (result instanceof Answer) result.ownedBy(entry)
      return result
    } catch (error) {
      if (error instanceof UsageError) throw error
      const known = error instanceof OperationError
      const kind = known ? error.kind : 'error'
      end(kind)
      if (isFailure(kind) && tally.failed === failedBefore) tally.failed++
      throw error
    }
  }
}
