import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { messageOf } from '../support/message-of.ts'
import { cpu, memory, recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

const MB = 1_000_000
const run = recordedRun([{}], {
  memory: memory({
    samples: 61,
    start: 120 * MB,
    end: 250 * MB,
    peak: 262 * MB,
    min: 118 * MB,
    growth: 130 * MB,
  }),
  cpu: cpu({ samples: 60, mean: 0.8, peak: 1.9 }),
})

test('growth and peak of memory, in bytes or with a unit', () => {
  expect(run.memory).toHaveGrowthBelow('130MB')
  expect(run.memory).toHavePeakBelow(262 * MB)
  expect(run.memory).not.toHavePeakBelow('200MB')
})

test('memory that shrank has not grown', () => {
  expect(memory({ samples: 2, growth: -5 * MB })).toHaveGrowthBelow(0)
})

test('CPU in cores, or in percent of one core', () => {
  expect(run.cpu).toHaveCpuBelow(0.8)
  expect(run.cpu).toHaveCpuBelow('80%')
  expect(run.cpu).toHaveCpuBelow('250%')
  expect(run.cpu).not.toHaveCpuBelow('79%')
})

test('the message of growth', () => {
  expect(messageOf(() => expect(run.memory).toHaveGrowthBelow('100MB'))).toMatchInlineSnapshot(`
    "expect(memory).toHaveGrowthBelow('100MB')

    memory growth of the service: 130 MB, 30 % over the limit of 100 MB
      61 samples: start 120 MB · end 250 MB · min 118 MB · peak 262 MB"
  `)
})

test.each([
  [{ ended: 'process exited' }, 'the process ended while it was watched'],
  [{ ended: 'cgroup removed' }, 'the cgroup was removed while it was watched'],
  [
    { restarts: [{ at: 2_100, pid: 7 }] },
    'restarted once, 2.1 s in: growth is of the process that grew most',
  ],
  [
    {
      restarts: [
        { at: 2_100, pid: 7 },
        { at: 9_000, pid: 8 },
      ],
    },
    'restarted 2 times, first 2.1 s in: growth is of the process that grew most',
  ],
  [{ problem: 'no answer' }, 'something could not be seen: no answer'],
] as const)('what befell the process is told: %j', (fate, line) => {
  const watched = memory({ samples: 2, growth: 5, ...fate })
  expect(messageOf(() => expect(watched).toHaveGrowthBelow(1))).toContain(`\n  ${line}`)
})

test('the message of a peak', () => {
  expect(messageOf(() => expect(run.memory).toHavePeakBelow('128MiB'))).toMatchInlineSnapshot(`
    "expect(memory).toHavePeakBelow('128MiB')

    peak memory of the service: 262 MB, 95.2 % over the limit of 134 MB
      61 samples: start 120 MB · end 250 MB · min 118 MB · peak 262 MB"
  `)
})

test('the message of CPU', () => {
  expect(messageOf(() => expect(run.cpu).toHaveCpuBelow('50%'))).toMatchInlineSnapshot(`
    "expect(cpu).toHaveCpuBelow('50%')

    mean CPU of the service: 0.8 cores, 60 % over the limit of 0.5 cores
      60 samples: the busiest 1.9 cores"
  `)
})

test('a percentage without its sign is no limit', () => {
  expect(messageOf(() => expect(run.cpu).toHaveCpuBelow('80' as '80%'))).toMatchInlineSnapshot(
    `"toHaveCpuBelow(limit) must be cores (1 is one core busy) or a string like '80%', '250%', got "80". Write the unit: '80%'"`,
  )
})
