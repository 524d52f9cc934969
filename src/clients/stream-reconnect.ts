import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { toCount, toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'
import type { Method } from './call.ts'

/** How a stream comes back by itself when its connection is lost. */
export interface StreamReconnectOptions {
  /** Before each attempt; what the service says (`retry:`) goes before it. Default 1 s. */
  readonly delay?: DurationInput
  /** After so many in a row without an event the stream is given up. Default 10. */
  readonly attempts?: number
}

/** The same in numbers. */
export interface StreamReconnectPlan {
  readonly delay: Ms
  readonly attempts: number
}

const PATH = 'http.stream.reconnect'
const KNOWN = ['delay', 'attempts']

/** @throws UsageError with all mistakes in them, and for what is no GET */
export function toStreamReconnectPlan(
  input: boolean | StreamReconnectOptions | undefined,
  method: Method,
): StreamReconnectPlan | undefined {
  if (input === undefined || input === false) return undefined
  if (method !== 'GET') throw onlyGet(method)
  const options: StreamReconnectOptions = input === true ? {} : input
  if (typeof options !== 'object' || options === null) {
    throw new UsageError(PATH, "true, or how: { delay: '1s', attempts: 10 }", input)
  }
  const mistakes = new Mistakes()
  for (const key of Object.keys(options)) {
    if (KNOWN.includes(key)) continue
    const path = `${PATH}.${key}`
    mistakes.add(UsageError.saying(path, `${path} is not known; ${knownNames(key, KNOWN)}`))
  }
  const { delay = 1_000, attempts = 10 } = options
  const plan = {
    delay: mistakes.check(() => toMs(delay, `${PATH}.delay`), 0),
    attempts: mistakes.check(() => toCount(attempts, `${PATH}.attempts`), 1),
  }
  mistakes.throwAll(PATH)
  return plan
}

const onlyGet = (method: Method): UsageError =>
  UsageError.saying(
    PATH,
    `${PATH} is for GET only: a ${method} that is sent again asks for another answer. Leave it out and call http.stream() again yourself, or subscribe with a GET`,
  )
