import { expect, test } from 'vitest'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import { planLoad, type LoadOptions } from '../../src/load/options.ts'
import { Timetable } from '../../src/load/timetable.ts'

const timetable = (options: LoadOptions): Timetable =>
  new Timetable(planLoad(options, DEFAULT_TIMEOUTS, 'load'))

/** What is skipped, one after the other, each `wait` ms after the last. */
function skipAll(options: LoadOptions, wait: number): string[] {
  const table = timetable(options)
  const seen: string[] = []
  for (let at = wait; seen.length < 10; at += wait) {
    const skipped = table.skip(at)
    if (skipped === undefined) return seen
    seen.push(`${at}: ${skipped.name}`)
  }
  return seen
}

test.each<[string, LoadOptions, string[]]>([
  [
    'each phase after the other',
    { users: 10, rampUp: '10s', warmUp: '5s', duration: '60s', rampDown: '5s' },
    ['1000: warm-up', '2000: steady', '3000: ramp-down'],
  ],
  ['nothing after the judged time', { users: 10, duration: '60s' }, []],
  ['iterations end by themselves', { users: 10, warmUp: '5s', iterations: 100 }, ['1000: steady']],
  [
    'stages, of which a step in no time is none',
    {
      stages: [
        { users: 10, duration: '10s' },
        { users: 20, duration: 0 },
        { users: 20, duration: '10s' },
        { users: 0, duration: '10s' },
      ],
    },
    ['1000: stage 2 of 3', '2000: stage 3 of 3'],
  ],
  [
    'of a load that judges all, its parts, whose phase is one',
    { users: 10, rampUp: '10s', duration: '60s', judge: 'all' },
    ['1000: steady'],
  ],
  ['a rate', { rate: '10/s', rampUp: '10s', duration: '60s' }, ['1000: steady']],
])('%s', (_, options, skipped) => {
  expect(skipAll(options, 1_000)).toEqual(skipped)
})

test('what comes after moves with what is left out', () => {
  const table = timetable({
    users: 10,
    rampUp: '10s',
    warmUp: '5s',
    duration: '60s',
    rampDown: '5s',
  })
  expect([...table.due(0)]).toEqual([])
  expect(table.skip(2_000)).toEqual({ to: 10_000, name: 'warm-up' })
  expect(table.phases).toEqual([
    { name: 'ramp-up', from: 0 },
    { name: 'warm-up', from: 2_000 },
    { name: 'steady', from: 7_000 },
    { name: 'ramp-down', from: 67_000 },
  ])
  expect([table.downAt, table.end]).toEqual([67_000, 72_000])
  expect([...table.due(2_000)].map(({ name }) => name)).toEqual(['warm-up'])
  expect([...table.due(70_000)].map(({ name }) => name)).toEqual(['steady', 'ramp-down'])
})

test('with one number of users from now on, there are no stages', () => {
  const stages = [
    { users: 10, duration: '10s' },
    { users: 20, duration: '10s' },
  ] as const
  const table = timetable({ stages })
  table.level()
  expect(table.skip(1_000)).toBeUndefined()
})
