import type { IncomingHttpHeaders } from 'node:http'
import { HttpError } from '../../services/http-error.ts'

/** What goes wrong in the middle of a stream, after so many of its tokens. */
export interface Break {
  /** `cut` loses the connection, `tidy` ends without an end marker, `stall` says nothing any more. */
  readonly kind: 'cut' | 'tidy' | 'stall' | 'error'
  readonly after: number
}

/** The trouble that a request asks for, and the pace that it wants; times in ms. */
export interface Faults {
  readonly delay: number
  /** A status from 400 to 599. */
  readonly fail: number | undefined
  readonly broken: Break | undefined
  /** Not a single token. */
  readonly empty: boolean
  /** All at once at the end, as behind a proxy that collects. */
  readonly buffered: boolean
  /** A page of HTML under a 200, as of a gateway. */
  readonly malformed: boolean
  readonly firstToken: number | undefined
  readonly tokenGap: number | undefined
  readonly tokens: number | undefined
}

/** Reads the headers `x-book-…`. @throws HttpError 400 when one makes no sense */
export function faultsOf(headers: IncomingHttpHeaders): Faults {
  const number = (name: string): number | undefined => wholeNumber(`x-book-${name}`, headers)
  const fail = number('fail')
  if (fail !== undefined && (fail < 400 || fail > 599)) {
    throw new HttpError(400, `x-book-fail must be a status from 400 to 599, got ${fail}`)
  }
  const tokens = number('tokens')
  if (tokens === 0) throw new HttpError(400, 'x-book-tokens must be at least 1')
  return {
    delay: number('delay') ?? 0,
    fail,
    broken: breakOf(number),
    empty: (number('empty') ?? 0) > 0,
    buffered: (number('buffered') ?? 0) > 0,
    malformed: (number('malformed') ?? 0) > 0,
    firstToken: number('first-token'),
    tokenGap: number('gap'),
    tokens,
  }
}

function breakOf(number: (name: string) => number | undefined): Break | undefined {
  for (const kind of ['cut', 'tidy', 'stall', 'error'] as const) {
    const after = number(kind)
    if (after !== undefined) return { kind, after }
  }
  return undefined
}

function wholeNumber(name: string, headers: IncomingHttpHeaders): number | undefined {
  const text = headers[name]
  if (text === undefined) return undefined
  if (typeof text === 'string' && /^\d{1,7}$/.test(text.trim())) return Number(text)
  throw new HttpError(400, `${name} must be a whole number, got ${JSON.stringify(text)}`)
}
