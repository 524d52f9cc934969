import { expect, test } from 'vitest'
import type { Tick } from '../../src/load/tick.ts'
import { LogPace } from '../../src/vitest/log-pace.ts'
import { tick, verdict } from '../support/ticks.ts'

type Second = readonly [second: number, figures?: Partial<Tick>]

/** The seconds of a load that a log has a line of; a tick is a little early now and then. */
function told(from: number, to: number, given: readonly Second[] = []): readonly number[] {
  const pace = new LogPace()
  const lines: number[] = []
  let figures: Partial<Tick> = {}
  for (let second = from; second <= to; second++) {
    figures = { ...figures, ...given.find(([at]) => at === second)?.[1] }
    const early = second % 2 === 0 ? 3 : 0
    if (pace.due(tick({ ...figures, elapsed: second * 1_000 - early })).line) lines.push(second)
  }
  return lines
}

const MISSED = { verdicts: [verdict({ status: 'fail', measured: 400 })] }
const MET = { verdicts: [verdict({})] }

test.each<[string, readonly number[], readonly number[]]>([
  ['none of a short load', told(0, 9), []],
  [
    'each 10 s of the first minute, then each 30 s',
    told(0, 150),
    [10, 20, 30, 40, 50, 60, 90, 120, 150],
  ],
  [
    'each change of phase',
    told(0, 40, [
      [0, { phase: 'ramp-up' }],
      [23, { phase: 'steady' }],
    ]),
    [10, 20, 23, 33],
  ],
  [
    'each change of what is missed',
    told(60, 150, [
      [72, MISSED],
      [101, MET],
    ]),
    [72, 101, 131],
  ],
  [
    'a limit that is missed and met by turns, each 5 s at the most',
    told(
      60,
      90,
      Array.from({ length: 30 }, (_, at) => [66 + at, at % 2 === 0 ? MISSED : MET]),
    ),
    [66, 71, 76, 81, 86],
  ],
  [
    'not what is not judged yet, and not the end',
    told(60, 80, [
      [65, { phase: 'ramp-down', ...MISSED }],
      [75, { phase: 'graceful stop' }],
    ]),
    [65],
  ],
])('a log has a line of %s', (_, lines, expected) => {
  expect(lines).toEqual(expected)
})

test('what was done by hand is told once, at once', () => {
  const pace = new LogPace()
  const steered = [{ at: 1_000, text: 'users 10 → 50' }]
  const more = [...steered, { at: 2_000, text: 'users 50 → 20' }]
  expect(pace.due(tick({ steered })).steered).toEqual(['users 10 → 50'])
  expect(pace.due(tick({ steered })).steered).toEqual([])
  expect(pace.due(tick({ steered: more })).steered).toEqual(['users 50 → 20'])
  pace.forget(tick().title)
  expect(pace.due(tick({ steered })).steered).toEqual(['users 10 → 50'])
})
