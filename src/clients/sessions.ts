import { UsageError } from '../errors/usage-error.ts'
import type { Caller } from './caller.ts'
import type { HttpClient } from './http.ts'
import { Session } from './session.ts'
import type { SessionDefinition } from './session-definition.ts'

/** Opens sessions beside the first one, and closes them all at the end. */
export class Sessions {
  readonly #caller: Caller
  readonly #http: HttpClient
  readonly #definition: SessionDefinition
  readonly #opened: Session[] = []

  constructor(caller: Caller, http: HttpClient, definition: SessionDefinition) {
    this.#caller = caller
    this.#http = http
    this.#definition = definition
  }

  /** Opens one more, under an id of the test's choice if it gives one. */
  async open(options: { readonly id?: string } = {}): Promise<Session> {
    this.#caller.admit('sessions')
    const session = new Session(this.#caller, this.#http, this.#definition, options.id)
    this.#opened.push(session)
    await session.open()
    return session
  }

  /** Closes what was opened; the service may have closed some of it already. */
  async closeAll(): Promise<void> {
    await Promise.allSettled(this.#opened.splice(0).map((session) => session.close()))
  }
}

/** @throws UsageError when the configuration does not say how a session is spoken to */
export function needSession(definition: SessionDefinition | undefined): SessionDefinition {
  if (definition !== undefined) return definition
  throw UsageError.saying(
    'session',
    "session is not described: set perf({ session: { open: 'POST /sessions', id: 'id', chat: … } }) in the Vitest config, or test.override({ sessionDefinition: defineSession({ … }) })",
  )
}
