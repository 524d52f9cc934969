import { describe, expect, test } from 'vitest'
import type { LevelSummary } from '../../src/monitors/monitor.ts'
import { nodeOf, serviceOf } from '../../src/report/service-facts.ts'
import { cpu, memory, recordedRun } from '../support/recorded.ts'

describe('the service in a line', () => {
  const busy = cpu({ samples: 60, mean: 0.804 })
  const seen = { samples: 61, start: 70e6, end: 82e6, growth: 12e6, peak: 82e6 }

  test.each([
    [{}, undefined],
    [seen, 'RSS 82 MB, +12 MB · CPU 0.8 cores'],
    [{ ...seen, peak: 90e6 }, 'RSS 82 MB, +12 MB · peak 90 MB · CPU 0.8 cores'],
    [
      { ...seen, ended: 'process exited' },
      'its process exited · RSS 82 MB, +12 MB · CPU 0.8 cores',
    ],
    [
      { ...seen, restarts: [{ at: 3_000, pid: 7 }] },
      'restarted · RSS 82 MB, +12 MB · CPU 0.8 cores',
    ],
    [{ problem: 'another user’s' }, 'not watched: another user’s'],
  ] as const)('%j', (figures, line) => {
    const watched = 'samples' in figures
    const run = recordedRun([{}], { memory: memory(figures), ...(watched && { cpu: busy }) })
    expect(serviceOf(run)).toBe(line)
  })
})

test('a service in Node has a second one, when it could be inspected', () => {
  const level = (peak: number): LevelSummary => {
    return { samples: 3, start: 0, end: 1, peak, min: 0, series: [] }
  }
  const run = recordedRun([{}])
  expect(nodeOf(run)).toBeUndefined()
  const heap = memory({ ...level(25e6), end: 21e6, growth: -2e6 })
  const loop = { delay: level(12.3), busy: level(0.341) }
  const line = nodeOf({ ...run, watched: { ...run.watched, heap, loop } })
  expect(line).toBe('heap 21 MB, -2 MB · event loop up to 34 % busy, 12.3 ms late')
})
