import { toMatchBaseline } from './baseline.ts'
import { toHaveCpuBelow } from './cpu.ts'
import { toHaveGoodputAbove } from './goodput.ts'
import { toHaveMaxBelow, toHaveMeanBelow } from './mean-and-max.ts'
import { toHaveGrowthBelow, toHavePeakBelow } from './memory.ts'
import { toMeet, toMeetLimits } from './meet.ts'
import { toNotRegress } from './not-regress.ts'
import { percentileBelow, toHavePercentileBelow } from './percentile.ts'
import { toHavePlateauWithin } from './plateau.ts'
import { toHaveErrorRateBelow, toHaveSuccessRateAbove, toHaveThroughputAbove } from './rates.ts'
import { toHaveRetainedBelow } from './retained.ts'
import { toHaveSlopeBelow } from './slope.ts'
import { toSustain } from './sustain.ts'

/** All matchers, for `expect.extend(perfMatchers)`. What each takes: see `PerfMatchers`. */
export const perfMatchers = {
  toHaveP50Below: percentileBelow('toHaveP50Below', 50),
  toHaveP90Below: percentileBelow('toHaveP90Below', 90),
  toHaveP95Below: percentileBelow('toHaveP95Below', 95),
  toHaveP99Below: percentileBelow('toHaveP99Below', 99),
  toHavePercentileBelow,
  toHaveMeanBelow,
  toHaveMaxBelow,
  toHaveThroughputAbove,
  toHaveGoodputAbove,
  toHaveSuccessRateAbove,
  toHaveErrorRateBelow,
  toHaveGrowthBelow,
  toHavePeakBelow,
  toHaveSlopeBelow,
  toHavePlateauWithin,
  toHaveRetainedBelow,
  toHaveCpuBelow,
  toMeet,
  toMeetLimits,
  toMatchBaseline,
  toNotRegress,
  toSustain,
}
