import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { messageOf } from '../support/message-of.ts'
import { cpu, memory, recordedRun } from '../support/recorded.ts'

expect.extend(perfMatchers)

const run = recordedRun([{ took: 100 }], { metrics: (metrics) => metrics.count('cards') })
const idle = recordedRun([])
const broken = recordedRun([{ outcome: 'refused', message: 'was refused', times: 4 }])
const cut = recordedRun([{ outcome: 'aborted', times: 3 }])

/** Hides the type of a subject that the compiler refuses already. */
const any = (subject: unknown): unknown => subject

test.each([
  [
    'a number',
    () => expect(any(5)).toHaveP95Below('5s'),
    'toHaveP95Below takes a run, a request (run.request(name)), the iterations (run.iterations), a distribution (run.ttft), a timing metric or a bench result, got 5',
  ],
  [
    'all requests at once',
    () => expect(any(run.requests.slice(1))).toHaveThroughputAbove('5/s'),
    "toHaveThroughputAbove takes a run, a request (run.request(name)), the iterations (run.iterations), messages (run.sockets.received) or a bench result, got []. Name one of them: run.request('…')",
  ],
  [
    'memory for a latency matcher',
    () => expect(any(run.memory)).toHaveMeanBelow('5s'),
    'toHaveMeanBelow takes a run, a request (run.request(name)), the iterations (run.iterations), a distribution (run.ttft), a timing metric or a bench result, got the memory of the service. It has toHaveGrowthBelow, toHavePeakBelow, toHaveSlopeBelow and toHavePlateauWithin',
  ],
  [
    'a run for a memory matcher',
    () => expect(any(run)).toHaveGrowthBelow('5MB'),
    'toHaveGrowthBelow takes a run\'s memory (run.memory) or a monitor\'s (monitor.memory), got run "all requests". Its memory is run.memory, its CPU run.cpu',
  ],
  [
    'a counter',
    () => expect(run.metric('cards')).toHaveSuccessRateAbove('5%'),
    'toHaveSuccessRateAbove takes a run, a request (run.request(name)), the iterations (run.iterations), a rate metric or a check (run.check(name)), got the counter "cards". Judge its total with toBeLessThan and the like',
  ],
  [
    'a load that was not awaited',
    () => expect(any(Promise.resolve(run))).toHaveP95Below('5s'),
    'toHaveP95Below got a promise. Await it first: `const run = await load(…)`, or `await expect(promise).resolves.toHaveP95Below(…)`',
  ],
])('refuses %s', (_what, judge, message) => {
  expect(messageOf(judge)).toBe(message)
})

test.each([
  [
    'nothing happened',
    () => expect(idle).toHaveP95Below('5s'),
    'latency of all iterations has no samples: no iteration completed',
  ],
  [
    'nothing happened, under .not',
    () => expect(idle).not.toHaveErrorRateBelow('1%'),
    'error rate of all iterations has no samples: no iteration completed',
  ],
  [
    'nothing streamed',
    () => expect(run.request('chat').ttft).toHaveP95Below('5s'),
    'TTFT of chat has no samples: no stream was recorded under it',
  ],
  [
    'all failed, and a mean is of successes',
    () => expect(broken).toHaveMeanBelow('5s'),
    'latency of all requests has no samples: none of its 4 requests succeeded; commonest error: 4× chat was refused',
  ],
  [
    'all failed, and successes were asked for',
    () => expect(broken.latency).not.toHaveP95Below('5s', { of: 'successes' }),
    'latency of all requests has no samples: none of its 4 operations succeeded',
  ],
  [
    'all were cut off',
    () => expect(cut).toHaveThroughputAbove('1/s'),
    'throughput of all requests has no samples: all 3 requests were cut off by the end of the run',
  ],
  [
    'nothing was watched',
    () => expect(run.memory).toHaveGrowthBelow('1MB'),
    'memory growth of the service has no samples: no process was watched. Set `server` in perf(), or use monitor(pid)',
  ],
  [
    'a sample was lost to an error',
    () => expect(memory({ problem: 'no such process' })).toHavePeakBelow('1MB'),
    'peak memory of the service has no samples: no such process',
  ],
  [
    'one sample is no growth',
    () =>
      expect(memory({ samples: 1, start: 5, end: 5, peak: 5, min: 5 })).toHaveGrowthBelow('1MB'),
    'memory growth of the service has one sample only: it takes two',
  ],
  [
    'no CPU was seen',
    () => expect(cpu({})).not.toHaveCpuBelow('1%'),
    'mean CPU of the service has no samples: no process was watched. Set `server` in perf(), or use monitor(pid)',
  ],
])('no samples is never a pass: %s', (_what, judge, message) => {
  expect(messageOf(judge)).toBe(message)
})

test('a run in which all failed was measured: every percentile is infinite', () => {
  expect(broken).not.toHaveP50Below('1h')
  expect(broken).toHaveErrorRateBelow('100%')
  expect(broken).toHaveThroughputAbove(0)
})
