import type { ServerResponse } from 'node:http'
import type { Ms } from '../units/units.ts'
import { toEvent, type LiveFeed, type Version } from './feed.ts'

/** So often something is said, so that a browser that has gone is noticed. */
const HEARTBEAT: Ms = 15_000
/** A browser that reads nothing for so long is hung, and is let go. It may come back. */
const HUNG: Ms = 30_000

const BEAT = Buffer.from(':\n\n')

export interface StreamTimes {
  readonly heartbeat?: Ms
  readonly hung?: Ms
}

/**
 * Sends pages to one browser until it goes, or until no more come. Nothing is made for it before it has taken
 * what was sent: a slow one skips what it missed, so that it holds one page here and never a backlog.
 */
export async function streamEvents(
  response: ServerResponse,
  feed: LiveFeed,
  { heartbeat = HEARTBEAT, hung = HUNG }: StreamTimes = {},
): Promise<void> {
  const gone = goneOf(response)
  const send = async (event: Buffer): Promise<boolean> =>
    !gone.aborted && taken(response, event, hung)
  let sent: Version = await feed.now()
  let goes = await send(feed.event(undefined, sent))
  while (goes && !gone.aborted) {
    const next = await feed.next(sent.number, heartbeat)
    if (next !== undefined) {
      goes = await send(feed.event(sent, next))
      sent = next
    } else if (feed.closed !== undefined) {
      const { reason } = feed.closed
      if (reason !== undefined) await send(toEvent('bye', { reason }))
      goes = false
    } else goes = await send(BEAT)
  }
  response.end()
}

/** Writes, and waits until the other side has taken it; one that does not is cut off. */
async function taken(response: ServerResponse, event: Buffer, hung: Ms): Promise<boolean> {
  if (response.destroyed) return false
  if (response.write(event)) return true
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const drained = (): void => resolve(true)
  const ended = (): void => resolve(false)
  response.once('drain', drained).once('close', ended)
  const timer = setTimeout(() => {
    response.destroy()
    resolve(false)
  }, hung).unref()
  const fine = await promise
  clearTimeout(timer)
  response.off('drain', drained).off('close', ended)
  return fine
}

function goneOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  response.once('error', () => controller.abort())
  return controller.signal
}
