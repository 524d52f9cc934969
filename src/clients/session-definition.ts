import type { CallOptions } from './call.ts'
import type { HttpClient } from './http.ts'
import type { TokenStream } from './token-stream.ts'

/** What each operation of a session is handed. */
export interface SessionContext {
  /** A client whose calls are recorded as parts of the operation. */
  readonly http: HttpClient
  readonly id: string
}

/** What a call to a session may add. */
export type SessionCallOptions = Pick<
  CallOptions,
  'headers' | 'timeout' | 'expect' | 'query' | 'tags'
>

/**
 * How a service's sessions are spoken to, in code. Everything but `open` may be left out; an operation
 * that is not there throws when it is called.
 */
export interface SessionDefinition {
  /** Opens a session, under the id asked for if there is one, and gives its id. */
  open(context: { readonly http: HttpClient; readonly id: string | undefined }): Promise<string>
  chat?(context: SessionContext, text: string, options: SessionCallOptions): Promise<unknown>
  /** Must return what `http.stream` gives, so that its tokens are timed. */
  stream?(context: SessionContext, text: string, options: SessionCallOptions): TokenStream
  history?(context: SessionContext, options: SessionCallOptions): Promise<readonly unknown[]>
  stop?(context: SessionContext, options: SessionCallOptions): Promise<unknown>
  close?(context: SessionContext): Promise<unknown>
}

/** Describes a session in code, for services that the `session` option cannot describe. */
export const defineSession = (definition: SessionDefinition): SessionDefinition => definition
