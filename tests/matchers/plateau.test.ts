import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { messageOf } from '../support/message-of.ts'
import { memory, recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

/** Memory of so many minutes, two samples a second. */
function watched(minutes: number, valueAt: (seconds: number) => number) {
  const samples = minutes * 120 + 1
  const series = Array.from({ length: samples }, (_, index) => ({
    at: index * 500,
    value: valueAt(index / 2),
  }))
  const [start, end] = [series[0]?.value, series.at(-1)?.value]
  return memory({ samples, start, end, min: start, peak: end, series })
}

/** Fills up in half a minute, as the heap of a runtime does. */
const filled = watched(1, (s) => 100e6 + 2e6 * Math.min(s, 30))

test('memory that has levelled off, however much it grew before', () => {
  expect(filled).toHavePlateauWithin('1MB', { onInconclusive: 'fail' })
  expect(recordedRun([{}], { memory: filled }).memory).toHavePlateauWithin(0)
  expect(watched(1, (s) => 1e6 + 100_000 * s)).not.toHavePlateauWithin('1MB')
  expect(watched(1, (s) => 9e6 - 100_000 * s)).toHavePlateauWithin(0)
})

test('a rise in less than five minutes is no proof that it goes on', () => {
  const rising = watched(1, (s) => 100e6 + 1e6 * s)
  expect(messageOf(() => expect(rising).toHavePlateauWithin('10MB'))).toMatchInlineSnapshot(`
    "expect(memory).toHavePlateauWithin('10MB')

    late memory rise of the service: 20 MB [20, 20], 2 times the limit of 10 MB
      in the last third, from 40 s to 60 s
      121 samples: start 100 MB · end 160 MB · min 100 MB · peak 160 MB
      not proven: plateau at 95 % needs ≥5m of watching, had 60 s"
  `)
})

test('one in the last third of six minutes is', () => {
  const rising = watched(6, (s) => 100e6 + 1e6 * s)
  expect(messageOf(() => expect(rising).toHavePlateauWithin('10MB'))).toMatchInlineSnapshot(`
    "expect(memory).toHavePlateauWithin('10MB')

    late memory rise of the service: 120 MB [120, 120], 12 times the limit of 10 MB
      in the last third, from 4m to 6m
      721 samples: start 100 MB · end 460 MB · min 100 MB · peak 460 MB"
  `)
})

test('nine samples in the last third are too few', () => {
  const short = { ...filled, samples: 24, series: filled.series.slice(0, 24) }
  expect(messageOf(() => expect(short).toHavePlateauWithin('1MB'))).toMatchInlineSnapshot(
    `"late memory rise of the service has too few samples in the last third: it takes 10, 5 s at this interval, and there were 24 samples in 11.5 s in all"`,
  )
})

test('slope and plateau are limits of a run like any other', () => {
  const run = recordedRun([{}], { memory: watched(6, (s) => 100e6 + 20_000 * s) })
  expect(run).toMeet({ memory: { slope: '2MB/min', plateau: '3MB' } })
  const missed = { memory: { peak: '50MB', slope: { good: '100kB/min', critical: '1MB/min' } } }
  expect(messageOf(() => expect(run).toMeet(missed as never))).toMatchInlineSnapshot(`
    "expect(run).toMeet()

    2 of 2 limits missed
    peak memory of the service: 107 MB, 2.14 times the limit of 50 MB
      721 samples: start 100 MB · end 107 MB · min 100 MB · peak 107 MB
    memory slope of the service: 1.2 MB/min [1.2, 1.2], 20 % over the limit of
        1 MB/min
      from 2m to 6m
      721 samples: start 100 MB · end 107 MB · min 100 MB · peak 107 MB"
  `)
  const wrong = { memory: { slop: '1MB/min' } }
  expect(messageOf(() => expect(run).toMeet(wrong as never))).toMatchInlineSnapshot(
    `"limits.memory.slop is no figure that has a limit; did you mean "slope"?"`,
  )
})
