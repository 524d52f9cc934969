import type { Ms } from '../units/units.ts'
import type { StreamTiming } from './sample.ts'
import type { Timeline } from './timeline.ts'

/** Where tokens go as they came, window by window. */
export interface TokenFlow {
  /** Until when all tokens from `at` on are in one window. */
  until(at: Ms): Ms
  arrived(at: Ms, tokens: number): void
}

/** Into the windows of a name, in the phase in which the tokens came. */
export const flowInto = (first: Timeline, name: string): TokenFlow => ({
  until: (at) => {
    const timeline = phaseOf(first, at)
    return Math.min(timeline.endOf(at), timeline.next?.epoch ?? Infinity)
  },
  arrived: (at, tokens) => phaseOf(first, at).arrived(name, at, tokens),
})

function phaseOf(timeline: Timeline, at: Ms): Timeline {
  const { next } = timeline
  return next === undefined || at < next.epoch ? timeline : phaseOf(next, at)
}

/**
 * Hands over a stream's tokens at the stamps at which they came. A service says how many there were only at the
 * end; they are laid over the reads by how many events each had, in whole tokens that add up.
 */
export function flow(stream: StreamTiming, startedAt: Ms, into: TokenFlow): void {
  const { ttft, tokens, chunks = [], gaps } = stream
  if (ttft === undefined || tokens === undefined) return
  const perChunk = tokens.count / chunks.reduce((sum, each) => sum + each, 0)
  let at = startedAt + ttft
  let [from, until] = [at, into.until(at)]
  let [seen, given] = [0, 0]
  for (let index = 0; index < chunks.length; index++) {
    if (index > 0) at += gaps[index - 1] ?? 0
    if (at >= until) {
      const due = Math.round(seen * perChunk)
      into.arrived(from, due - given)
      given = due
      from = at
      until = into.until(at)
    }
    seen += chunks[index] as number
  }
  into.arrived(from, tokens.count - given)
}
