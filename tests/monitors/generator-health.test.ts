import { describe, expect, test } from 'vitest'
import { healthOf, type HealthFigures } from '../../src/monitors/generator-health.ts'
import { busyShare } from '../../src/monitors/generator-cpu.ts'

/** A generator of one core on a machine of two, watched for ten seconds, with little to do. */
const QUIET: HealthFigures = {
  watched: 10_000,
  busy: 0.3,
  delayP99: 2,
  lag: { count: 1_000, p99: 3 },
  cpu: 0.3,
  host: 0.4,
  cores: 2,
}

describe('a generator is believed', () => {
  test.each<[Partial<HealthFigures>, string]>([
    [{}, 'that has little to do'],
    [{ busy: 0.84, cpu: 0.84 }, 'that is busy, and has 16 % to spare'],
    [{ delayP99: 99, lag: { count: 1_000, p99: 99 } }, 'that is late by what no limit notices'],
    [{ crowded: 2_499 }, 'whose busy seconds are too few'],
    [{ watched: 60_000, crowded: 5_900 }, 'whose busy seconds are a small part of its time'],
    [{ host: 1 }, 'beside a service that takes all the rest of the machine'],
    [{ lag: { count: 99, p99: 5_000 } }, 'that was late, in too few waits to speak of a p99'],
    [{ watched: 999, busy: 1, cpu: 1 }, 'that ran too short to say: it was compiling'],
    [{ waited: 0.29, host: 1 }, 'that waits for cores and is in time all the same'],
    [{ busy: undefined, delayP99: undefined, lag: { count: 0 } }, 'of which nothing is known'],
  ])('%j: one %s', (figures) => {
    const health = { saturated: false, hostBusy: false, reasons: [] }
    expect(healthOf({ ...QUIET, ...figures })).toEqual(health)
  })
})

describe('a generator is saturated', () => {
  test.each<[Partial<HealthFigures>, readonly string[], string]>([
    [{ busy: 0.97, cpu: 1.02 }, ['event loop busy 97 %'], 'when its event loop has no time left'],
    [{ busy: 0.85, cpu: 0.85 }, ['event loop busy 85 %'], 'from 85 % on'],
    [
      { busy: 0.64, crowded: 4_020 },
      ['event loop over 85 % busy for 4 s'],
      'when it was for seconds, with little to do in the others',
    ],
    [{ delayP99: 183, stalled: 0.25 }, ['delay p99 183 ms'], 'when tasks hold up its event loop'],
    [{ lag: { count: 100, p99: 212 } }, ['lag p99 212 ms'], 'when it sends too late'],
    [
      { busy: 0.99, cpu: 0.99, delayP99: 183, lag: { count: 100, p99: 1_230 } },
      ['event loop busy 99 %', 'delay p99 183 ms', 'lag p99 1.23 s'],
      'and all of that is said',
    ],
    [
      { busy: 0.97, cpu: 0.97, host: 1 },
      ['event loop busy 97 %'],
      'by its own work, however busy the machine is beside it',
    ],
    [
      { busy: 0.97, cpu: 0.1, host: 1, waited: 0.4 },
      ['event loop busy 97 %'],
      'when its scenario blocks without computing, whatever the machine does',
    ],
    [
      { busy: 0.97, cpu: 0.1, host: 0.5 },
      ['event loop busy 97 %'],
      'when its scenario blocks without computing: the machine had room',
    ],
    [
      { busy: 0.97, cpu: undefined, host: undefined },
      ['event loop busy 97 %'],
      'where nothing is known of CPU',
    ],
  ])('%j: %j, %s', (figures, reasons) => {
    const health = { saturated: true, hostBusy: false, reasons }
    expect(healthOf({ ...QUIET, ...figures })).toEqual(health)
  })
})

describe('the machine is busy instead', () => {
  test.each<[Partial<HealthFigures>, readonly string[], string]>([
    [
      { busy: 0.9, cpu: 0.3, host: 0.99, waited: 0.6 },
      ['host CPU 99 %, generator 15 %, without a core 60 %', 'event loop busy 90 %'],
      'when the loop was ready and had no core',
    ],
    [
      { busy: 0.9, cpu: 0.4, host: undefined, waited: 0.45 },
      ['generator 20 %, without a core 45 %', 'event loop busy 90 %'],
      'from half of its busy time on; a container may be held back on an idle machine',
    ],
    [
      { busy: 0.9, cpu: 0.4, host: 0.99 },
      ['host CPU 99 %, generator 20 %', 'event loop busy 90 %'],
      'where the kernel does not say: when all cores were taken and it used less than it was busy',
    ],
    [
      { busy: 0.1, cpu: 0.1, waited: 0, delayP99: 240, stalled: 0.17 },
      ['host CPU 40 %, generator 5 %, without a core 0 %', 'delay p99 240 ms'],
      'when a loop was waited for much longer than it was at work: a machine that was stopped',
    ],
    [
      { busy: 0.2, cpu: 0.2, host: 0.95, delayP99: 140 },
      ['host CPU 95 %, generator 10 %', 'delay p99 140 ms'],
      'when a loop that mostly idles is late all the same',
    ],
  ])('%j: %j, %s', (figures, reasons) => {
    const health = { saturated: false, hostBusy: true, reasons }
    expect(healthOf({ ...QUIET, ...figures })).toEqual(health)
  })
})

type Times = Parameters<typeof busyShare>[0]

test.each<[Times, Times, number | undefined, string]>([
  [{ idle: 100, all: 400 }, { idle: 150, all: 500 }, 0.5, 'half of 100 was idle'],
  [{ idle: 100, all: 400 }, { idle: 100, all: 500 }, 1, 'none was'],
  [{ idle: 100, all: 400 }, { idle: 100, all: 400 }, undefined, 'no time has gone by'],
])('the share of the machine that is busy, from %j to %j: %j, %s', (from, to, share) => {
  expect(busyShare(from, to)).toBe(share)
})
