import type { Clock, Timer } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'

/** Something that is done again and again until it is stopped. */
export interface Ticker {
  /** Ends the series and waits for an act under way. */
  stop(): Promise<void>
}

/** The next point of the grid `started + n · interval` that is still to come. */
export function nextDue(now: Ms, started: Ms, interval: Ms): Ms {
  return started + (Math.floor((now - started) / interval) + 1) * interval
}

/**
 * Acts at once and then on a grid from the absolute start, so that nothing drifts. A slow act makes
 * the grid skip points, never overlap. `'over'` ends it. The timer keeps no process alive.
 */
export function startTicker(
  { interval, clock }: { readonly interval: Ms; readonly clock: Clock },
  act: () => Promise<'go on' | 'over'>,
): Ticker {
  const started = clock.now()
  const state: { timer?: Timer; stopped: boolean; busy: Promise<void> } = {
    stopped: false,
    busy: Promise.resolve(),
  }
  const tick = async (): Promise<void> => {
    if ((await act()) === 'over' || state.stopped) return
    const now = clock.now()
    state.timer = clock.setTimeout(begin, nextDue(now, started, interval) - now)
    state.timer.unref?.()
  }
  const begin = (): void => {
    state.busy = tick()
  }
  begin()
  return {
    async stop() {
      state.stopped = true
      clock.clearTimeout(state.timer)
      await state.busy
    },
  }
}
