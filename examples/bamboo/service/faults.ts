import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { HttpError } from '../../services/http-error.ts'

/** Where a stream breaks off: after that many tokens, with a tidy end or a dead connection. */
export interface Cut {
  readonly after: number
  readonly clean: boolean
}

/**
 * Waits for `x-bamboo-delay` (ms), then fails with the status in `x-bamboo-fail` (400 to 599).
 * @throws HttpError that status, or 400 when a header makes no sense
 */
export async function applyFaults(headers: IncomingHttpHeaders): Promise<void> {
  const delay = wholeNumber('x-bamboo-delay', headers['x-bamboo-delay'])
  const status = wholeNumber('x-bamboo-fail', headers['x-bamboo-fail'])
  if (status !== undefined && (status < 400 || status > 599)) {
    throw new HttpError(400, `x-bamboo-fail must be a status from 400 to 599, got ${status}`)
  }
  if (delay !== undefined) await sleep(delay, undefined, { ref: false })
  if (status !== undefined) throw new HttpError(status, 'asked for with x-bamboo-fail')
}

/** Reads `x-bamboo-cut`: `3` or `3,clean`. */
export function cutOf(headers: IncomingHttpHeaders): Cut | undefined {
  const [count, how] = String(headers['x-bamboo-cut'] ?? '').split(',')
  const after = wholeNumber('x-bamboo-cut', count === '' ? undefined : count)
  return after === undefined ? undefined : { after, clean: how?.trim() === 'clean' }
}

/** Reads `x-bamboo-gap`: ms from one token of this reply to the next. */
export function gapOf(headers: IncomingHttpHeaders): number | undefined {
  return wholeNumber('x-bamboo-gap', headers['x-bamboo-gap'])
}

function wholeNumber(name: string, text: string | string[] | undefined): number | undefined {
  if (text === undefined) return undefined
  if (typeof text === 'string' && /^\d{1,7}$/.test(text.trim())) return Number(text)
  throw new HttpError(400, `${name} must be a whole number, got ${JSON.stringify(text)}`)
}
