import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { messageOf } from '../support/message-of.ts'
import { memory, recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

/** Memory of a minute, two samples a second. */
function minute(valueAt: (seconds: number) => number) {
  const series = Array.from({ length: 121 }, (_, index) => ({
    at: index * 500,
    value: valueAt(index / 2),
  }))
  const [start, end] = [series[0]?.value, series.at(-1)?.value]
  return memory({ samples: 121, start, end, min: start, peak: end, series })
}
const growing = minute((s) => 100e6 + 50_000 * s)

test('the slope after the warm-up, in bytes per second or with units', () => {
  expect(growing).toHaveSlopeBelow('3MB/min')
  expect(growing).toHaveSlopeBelow('51kB/s')
  expect(growing).toHaveSlopeBelow(50_001)
  expect(growing).not.toHaveSlopeBelow('1MB/min')
  expect(recordedRun([{}], { memory: growing }).memory).toHaveSlopeBelow('3.1MB/min')
  expect(minute((s) => Math.min(s, 30) * 1e6)).toHaveSlopeBelow(0, { warmUp: '30s' })
})

test('the message of a slope', () => {
  expect(messageOf(() => expect(growing).toHaveSlopeBelow('1MB/min'))).toMatchInlineSnapshot(`
    "expect(memory).toHaveSlopeBelow('1MB/min')

    memory slope of the service: 3 MB/min [3, 3], 3 times the limit of 1 MB/min
      from 20 s to 60 s
      121 samples: start 100 MB · end 103 MB · min 100 MB · peak 103 MB"
  `)
})

test('where the time is too short to be sure it is not proven, and the time that it takes is told', () => {
  const random = seededRandom(4)
  const noisy = minute((s) => 100e6 + 50_000 * s + (random() - 0.5) * 3e6)
  expect(messageOf(() => expect(noisy).toHaveSlopeBelow('2.9MB/min'))).toMatchInlineSnapshot(`
    "expect(memory).toHaveSlopeBelow('2.9MB/min')

    memory slope of the service: 3.16 MB/min [2.42, 3.98], 8.81 % over the limit of
        2.9 MB/min
      from 20 s to 60 s
      121 samples: start 101 MB · end 102 MB · min 101 MB · peak 102 MB
      not proven: memory slope at 95 % needs ≥2m 10s of watching, had 60 s"
  `)
  expect(noisy).toHaveSlopeBelow('8MB/min', { onInconclusive: 'fail' })
  const near = (): void => expect(noisy).toHaveSlopeBelow('3.5MB/min', { onInconclusive: 'fail' })
  expect(messageOf(near)).toMatch(/is not\s+proven to be\s+within\s+3.5 MB\/min/)
})

test('fewer than ten samples are no slope', () => {
  const few = minute(() => 5)
  const short = { ...few, samples: 12, series: few.series.slice(0, 12) }
  const message = messageOf(() => expect(short).toHaveSlopeBelow('1MB/min'))
  expect(message).toMatchInlineSnapshot(
    `"memory slope of the service has too few samples after the warm-up: it takes 10, 5 s at this interval, and there were 12 samples in 5.5 s in all"`,
  )
  expect(messageOf(() => expect(short).not.toHaveSlopeBelow('1MB/min'))).toBe(message)
})
