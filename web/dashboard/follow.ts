import { EventSourceParserStream } from 'eventsource-parser/stream'
import { applyDelta } from '../../src/live/delta.ts'
import type { ServerEvents } from '../../src/live/events.ts'
import type { LivePage } from '../../src/live/live-page.ts'

/** How the page hangs on to its server. */
export type Link =
  | { readonly state: 'connecting' | 'live' }
  /** It tries again by itself. */
  | { readonly state: 'reconnecting' }
  /** The server has gone for good. */
  | { readonly state: 'ended'; readonly why: string }
  /** No token, or one of another run. */
  | { readonly state: 'refused' }

export interface Follower {
  readonly onPage: (page: LivePage) => void
  readonly onLink: (link: Link) => void
}

/** Between two attempts: twice as long after each that failed. */
const [FIRST_WAIT, LONGEST_WAIT] = [500, 10_000]

/**
 * Follows what the server tells until it says farewell. A connection that breaks is made again, and begins with
 * the whole history again, so nothing is ever missed.
 */
export async function follow(
  token: string,
  { onPage, onLink }: Follower,
  signal: AbortSignal,
): Promise<void> {
  let wait = FIRST_WAIT
  const heard = (page: LivePage): void => {
    wait = FIRST_WAIT
    onLink({ state: 'live' })
    onPage(page)
  }
  onLink({ state: 'connecting' })
  while (!signal.aborted) {
    const end = await once(token, heard, signal).catch((): Link => ({ state: 'reconnecting' }))
    if (signal.aborted) return
    onLink(end)
    if (end.state !== 'reconnecting') return
    await pause(wait, signal)
    wait = Math.min(wait * 2, LONGEST_WAIT)
  }
}

/** One connection, to its end. */
async function once(
  token: string,
  heard: (page: LivePage) => void,
  signal: AbortSignal,
): Promise<Link> {
  const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' }
  const response = await fetch('/events', { headers, signal, cache: 'no-store' })
  if (response.status === 401 || response.status === 403) return { state: 'refused' }
  if (!response.ok || response.body === null) return { state: 'reconnecting' }
  const told = new Told(heard)
  const events = response.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader()
  for (let read = await events.read(); !read.done; read = await events.read()) {
    told.take(read.value.event, read.value.data)
    if (told.bye !== undefined) return { state: 'ended', why: told.bye }
  }
  return { state: 'reconnecting' }
}

/** What one connection has told. */
class Told {
  readonly #heard: (page: LivePage) => void
  #page: LivePage | undefined
  bye: string | undefined

  constructor(heard: (page: LivePage) => void) {
    this.#heard = heard
  }

  take(event: string | undefined, data: string): void {
    const value: unknown = JSON.parse(data)
    if (event === 'bye') this.bye = (value as ServerEvents['bye']).reason
    else if (event === 'page') this.#show(value as LivePage)
    else if (event === 'delta' && this.#page !== undefined)
      this.#show(applyDelta(this.#page, value as ServerEvents['delta']) as LivePage)
  }

  #show(page: LivePage): void {
    this.#page = page
    this.#heard(page)
  }
}

/** An abort ends it, too. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
