import { UsageError } from '../errors/usage-error.ts'
import type { Random } from '../stats/random.ts'
import { toMs } from '../units/parse.ts'
import type { DurationInput, Ms } from '../units/units.ts'

/** A time, or a range that one is drawn from. */
export type PauseInput = DurationInput | readonly [DurationInput, DurationInput]

/** How long a pause is. @throws UsageError */
export function pauseTime(time: PauseInput, random: () => Random): Ms {
  if (!isRange(time)) return toMs(time, 'pause(time)')
  const [least, most] = [toMs(time[0], 'pause(from)'), toMs(time[1], 'pause(to)')]
  if (most < least) {
    throw new UsageError('pause([from, to])', 'a range from the shorter to the longer', time)
  }
  return least + random()() * (most - least)
}

const isRange = (time: PauseInput): time is readonly [DurationInput, DurationInput] =>
  Array.isArray(time)
