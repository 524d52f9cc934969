import { build } from 'hdr-histogram-js'
import { answerCalls, cpuUsed } from '../common/answer-calls.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { Series } from '../../src/metrics/series.ts'
import { Timeline } from '../../src/metrics/timeline.ts'
import { Histogram } from '../../src/stats/histogram.ts'

const VALUES = 65_536
const ROUNDS = 10

/** Log-normal latencies in ms, median 20. */
const random = seededRandom(1)
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(6.283 * random())
const latencies = Float64Array.from({ length: VALUES }, () => 20 * Math.exp(0.6 * normal()))
const micros = Float64Array.from(latencies, (latency) => Math.round(latency * 1_000))

/** CPU in ns for each value, of a loop over all of them. */
function cost(loop: () => void): number {
  const before = cpuUsed()
  for (let round = 0; round < ROUNDS; round++) loop()
  return ((cpuUsed() - before) * 1e6) / (ROUNDS * VALUES)
}

const histogram = new Histogram()
// The nearest that it comes: whole µs up to an hour, three digits.
const hdr = build({ highestTrackableValue: 3.6e9, numberOfSignificantValueDigits: 3 })
const series = new Series('GET /', new Timeline(0))
const sample = { outcome: 'ok' as const, startedAt: 0, endedAt: 0, firstByteAt: 0 }

/** A second holds fifty thousand operations, about what one client core can do. */
function recordSample(latency: number): void {
  sample.startedAt += 0.02
  sample.firstByteAt = sample.startedAt + latency
  sample.endedAt = sample.firstByteAt + 0.2
  series.record(sample)
}

// A loop each: through a callback that is now this function and now that, the call costs half as much
// as the recording.
answerCalls({
  histogram: () =>
    cost(() => {
      for (const value of latencies) histogram.record(value)
    }),
  hdr: () =>
    cost(() => {
      for (const value of micros) hdr.recordValue(value)
    }),
  series: () =>
    cost(() => {
      for (const value of latencies) recordSample(value)
    }),
})
