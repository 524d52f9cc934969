import type { Dispatcher } from 'undici'
import type { Prepared } from './call.ts'
import type { Caller } from './caller.ts'

/** The call as undici takes it, the caller's cookies added. */
export function toDispatch(caller: Caller, call: Prepared): Dispatcher.DispatchOptions {
  const { method, path, headers, body } = call
  const cookie = caller.cookies.header(call.url)
  if (cookie !== undefined) headers.cookie = headers.cookie === undefined ? cookie : `${headers.cookie}; ${cookie}`
  return { method, path, headers, body }
}
