// Checked by tsc alone: every line with an expected error fails the build once the compiler lets it through.
import { expect } from 'vitest'
import type { BenchResult } from 'vitest'
import type { LoadRun } from '../../src/load/load-run.ts'
import { perfMatchers } from '../../src/matchers.ts'

declare const run: LoadRun
declare const bench: BenchResult
declare const promised: Promise<LoadRun>
declare const maybe: LoadRun | undefined
declare const untyped: unknown

expect.extend(perfMatchers)

// Latency: a run, a request, iterations, a distribution, a metric, a bench result.
expect(run).toHaveP95Below('300ms')
expect(run).toHavePercentileBelow(99.5, 300, { of: 'successes' })
expect(run.request('chat')).toHaveP50Below('300ms', { of: 'all' })
expect(run.iterations).toHaveMeanBelow('1.5s')
expect(run.ttft).toHaveP99Below('5s')
expect(run.metric('db')).toHaveMaxBelow('5s')
expect(bench).toHaveP95Below('5ms')
expect(untyped).toHaveP95Below('5ms')
// @ts-expect-error a number is no subject
expect(5).toHaveP95Below('5s')
// @ts-expect-error nor is a list of requests
expect(run.requests).toHaveP95Below('5s')
// @ts-expect-error nor memory
expect(run.memory).toHaveP95Below('5s')
// @ts-expect-error nor CPU
expect(run.cpu).toHaveMeanBelow('5s')
// @ts-expect-error a load must be awaited
expect(promised).toHaveP95Below('5s')
// @ts-expect-error a run that may be missing
expect(maybe).toHaveP95Below('5s')

// Baselines: of a run, by a name or not, with options or not.
expect(run).toMatchBaseline()
expect(run).toMatchBaseline('at noon', { tolerance: '5%', metrics: ['p95'] })
expect(run).toMatchBaseline({ requests: ['chat', '#read'], requireJudged: true })
// @ts-expect-error a request does not know its load
expect(run.request('chat')).toMatchBaseline()
// @ts-expect-error a load must be awaited
expect(promised).toMatchBaseline()
// @ts-expect-error a tolerance has its unit
expect(run).toMatchBaseline({ tolerance: '5' })

// Throughput and shares.
expect(run).toHaveThroughputAbove('50/s')
expect(run.request('chat')).toHaveThroughputAbove('120/min')
expect(bench).toHaveThroughputAbove(1_000)
expect(run.iterations).toHaveSuccessRateAbove('99%')
expect(run.metric('cache hit')).toHaveSuccessRateAbove(0.8)
expect(run).toHaveErrorRateBelow('1%')
expect(run).toHaveGoodputAbove('30/s', { ttft: '500ms', tpot: 40 })
expect(run.request('chat')).toHaveGoodputAbove(30, { latency: '300ms' })
// @ts-expect-error a distribution has no goodput
expect(run.ttft).toHaveGoodputAbove('30/s', { ttft: '500ms' })
// @ts-expect-error without limits every success is good: that is the throughput
expect(run).toHaveGoodputAbove('30/s')
// @ts-expect-error a gap is not of one request
expect(run).toHaveGoodputAbove('30/s', { gap: '40ms' })
// @ts-expect-error a limit of one request is no percentile
expect(run).toHaveGoodputAbove('30/s', { ttft: { p95: '500ms' } })
// @ts-expect-error a goodput needs its rate
expect(run).toMeet({ goodput: { ttft: '500ms' } })
// @ts-expect-error a distribution has no throughput
expect(run.ttft).toHaveThroughputAbove('50/s')
// @ts-expect-error a bench result has no success rate
expect(bench).toHaveSuccessRateAbove('99%')
// @ts-expect-error a metric of one's own has no error rate
expect(run.metric('cache hit')).toHaveErrorRateBelow('1%')

// Phases and windows of a run.
expect(run.phase('ramp-up')).toHaveP95Below('300ms')
expect(run.phase('steady').request('chat')).toHaveThroughputAbove('5/s')
expect(run.phase('ramp-down').ttft).toHaveP99Below('5s')
expect(run.window('10s', '20s')).toHaveP95Below('300ms', { of: 'successes' })
expect(run.window('10s', '20s').request('chat')).toHaveErrorRateBelow('1%')
expect(run.window(0, 20_000).iterations).toHaveSuccessRateAbove('99%')
expect(run.window('10s', '20s').latency).toHaveMaxBelow('5s')
expect(run.window('10s', '20s')).toMeet({ p95: '300ms', throughput: '50/s' })
// @ts-expect-error there is no such phase
run.phase('cool-down')
// @ts-expect-error a time has its unit
run.window('10', '20s')
// @ts-expect-error a window knows no times of streams
expect(run.window('10s', '20s').ttft).toHaveP95Below('5s')
// @ts-expect-error nor memory
expect(run.window('10s', '20s')).toHavePeakBelow('1MB')
// @ts-expect-error nor does a phase
expect(run.phase('warm-up').memory).toHavePeakBelow('1MB')

// Memory and CPU.
expect(run.memory).toHaveGrowthBelow('100MB')
expect(run.memory).toHavePeakBelow('1GiB')
expect(run.watched.heap).toHaveGrowthBelow('10MB')
expect(run.memory).toHaveSlopeBelow('1MB/min', { warmUp: '30s', onInconclusive: 'fail' })
expect(run.memory).toHavePlateauWithin('10MB', { confidence: 0.99 })
expect(run).toMeet({ memory: { growth: '1MB', slope: '1MB/min', plateau: '10MB' } })
// @ts-expect-error a plateau is a size
expect(run.memory).toHavePlateauWithin('10MB/min')
expect(run.cpu).toHaveCpuBelow('250%')
// @ts-expect-error a distribution has no growth
expect(run.ttft).toHaveGrowthBelow('100MB')
// @ts-expect-error a run's memory is run.memory
expect(run).toHavePeakBelow('100MB')
// @ts-expect-error memory is no CPU
expect(run.memory).toHaveCpuBelow('80%')

expect(run.sockets.received).toHaveThroughputAbove('10/s')
// @ts-expect-error messages have no latency
expect(run.sockets.sent).toHaveP95Below('300ms')

// Limits.
// @ts-expect-error a string has its unit
expect(run).toHaveP95Below('300')
// @ts-expect-error of the right kind
expect(run).toHaveP95Below('300MB')
// @ts-expect-error a ratio's unit is %
expect(run).toHaveErrorRateBelow('1')
// @ts-expect-error there are two readings
expect(run).toHaveP95Below('300ms', { of: 'failures' })

// Modifiers.
expect(run).not.toHaveP95Below('300ms')
expect.soft(run).toHaveP95Below('300ms')
const nothing: void = expect(run).toHaveP95Below('300ms')
expect(nothing).toBeUndefined()
await expect(promised).resolves.toHaveP95Below('300ms')
await expect(promised).resolves.not.toHaveErrorRateBelow('1%')
await expect.poll(() => run).toHaveP95Below('300ms')
expect({ run }).toEqual({ run: expect.toHaveP95Below('5s') })
expect({ run }).toEqual({ run: expect.not.toHaveGrowthBelow('5MB') })
// @ts-expect-error .not keeps the subject
expect(5).not.toHaveP95Below('300ms')
// @ts-expect-error .soft too
expect.soft(run.memory).toHaveP95Below('300ms')
// @ts-expect-error .resolves looks at what the promise holds
await expect(Promise.resolve(5)).resolves.toHaveP95Below('300ms')
// @ts-expect-error asymmetric limits have units too
expect({ run }).toEqual({ run: expect.toHaveP95Below('300') })
