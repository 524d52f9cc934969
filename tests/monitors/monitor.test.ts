import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { realClock } from '../../src/clock/clock.ts'
import { startMonitor } from '../../src/monitors/monitor.ts'
import type { Sample } from '../../src/monitors/sample.ts'
import { treeSampler } from '../../src/monitors/sampler.ts'
import type { TreeSampler } from '../../src/monitors/sampler.ts'
import { until } from '../support/service-processes.ts'

type Subject = ChildProcessWithoutNullStreams & { readonly pid: number }

/** The process of `tests/support/service-load.ts`, ready for orders. */
async function startSubject(): Promise<Subject> {
  const script = join(import.meta.dirname, '../support/service-load.ts')
  const child = spawn(process.execPath, [script], { detached: true })
  await once(child.stdout, 'data')
  const { pid } = child
  if (pid === undefined) throw new Error('it did not start')
  onTestFinished(() => {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // The test ended it.
    }
  })
  return Object.assign(child, { pid })
}

async function order(subject: Subject, what: string): Promise<void> {
  subject.stdin.write(`${what}\n`)
  await once(subject.stdout, 'data')
}

describe('memory', () => {
  test('80 MB that are allocated meanwhile show as growth', async () => {
    const subject = await startSubject()
    const monitor = startMonitor(subject, { interval: '50ms', label: 'api' })
    await until(() => monitor.memory.samples >= 4)
    await order(subject, 'allocate')
    await until(() => monitor.memory.samples >= 10)
    await monitor.stop()
    const { growth, start, end, peak, min, kind, label, ended } = monitor.memory
    expect({ kind, label, ended }).toEqual({ kind: 'memory', label: 'api', ended: undefined })
    expect(growth).toBeGreaterThan(60e6)
    expect(growth).toBeLessThan(160e6)
    expect(Number(end) - Number(start)).toBeGreaterThan(60e6)
    expect(peak).toBeGreaterThanOrEqual(Number(end))
    expect(min).toBeLessThanOrEqual(Number(start))
  })

  test('the last sample is taken at the stop, however short it was', async () => {
    const subject = await startSubject()
    const monitor = startMonitor(subject, { interval: '1h' })
    await until(() => monitor.memory.samples === 1)
    await order(subject, 'allocate')
    await monitor.stop()
    expect(monitor.memory).toMatchObject({ samples: 2, label: `process ${subject.pid}` })
    expect(monitor.memory.growth).toBeGreaterThan(60e6)
    await monitor.stop()
    expect(monitor.memory.samples).toBe(2)
  })
})

describe('CPU, 1 for one core fully busy, is what the kernel gave by its own account', () => {
  /** Cores used from one answer to the next, as the processes themselves know it. */
  const granted = async (subject: Subject, meanwhile: () => Promise<unknown>): Promise<number> => {
    const [before, from] = [await ask(subject), performance.now()]
    await meanwhile()
    return ((await ask(subject)) - before) / (performance.now() - from)
  }
  const ask = async (subject: Subject): Promise<number> => {
    const answer = once(subject.stdout, 'data')
    subject.stdin.write('cpu\n')
    return Number(String((await answer)[0]))
  }
  const watch = async (subject: Subject) => {
    await using monitor = startMonitor(subject, { interval: '150ms' })
    await delay(1_500)
    await monitor.stop()
    return monitor.cpu
  }

  test.for([
    ['an idle process', undefined],
    ['a busy loop', 'burn'],
    ['a child that is busy', 'child'],
  ] as const)('%s', async ([, what]) => {
    const subject = await startSubject()
    if (what !== undefined) await order(subject, what)
    // A process that starts uses more than it does later.
    await delay(300)
    const watched: Awaited<ReturnType<typeof watch>>[] = []
    const truth = await granted(subject, async () => {
      watched.push(...(await Promise.all([watch(subject), watch(subject)])))
    })
    // Two monitors of one service do not disturb each other.
    for (const { mean, peak, samples } of watched) {
      expect(samples).toBeGreaterThan(0)
      expect(Math.abs(Number(mean) - truth)).toBeLessThan(0.15)
      expect(Number(peak)).toBeGreaterThanOrEqual(Number(mean))
    }
    if (what !== undefined) expect(truth).toBeGreaterThan(0.1)
  })
})

describe('a sample', () => {
  const taken = async (sampler: TreeSampler): Promise<Sample> => {
    const sample = await sampler()
    if (typeof sample === 'object') return sample
    throw new Error(`it has ${sample}`)
  }

  test('sums the tree; CPU is missing until there is an interval', async () => {
    const subject = await startSubject()
    const sampler = treeSampler(subject.pid, realClock)
    const first = await taken(sampler)
    expect(first).toMatchObject({ cpu: undefined, span: 0, processes: 1 })
    // Two samples at once have no interval that the ticks of the kernel could measure.
    expect(await taken(sampler)).toMatchObject({ cpu: undefined })
    await order(subject, 'child')
    await until(async () => (await taken(sampler)).processes === 2)
    await delay(300)
    const both = await taken(sampler)
    expect(both.rss).toBeGreaterThan(Number(first.rss) + 20e6)
    expect(both.cpu).toBeGreaterThan(0)
  })

  test('tells of a process that has ended', async () => {
    const subject = await startSubject()
    const sampler = treeSampler(subject.pid, realClock)
    await sampler()
    subject.kill('SIGKILL')
    await once(subject, 'exit')
    expect(await sampler()).toBe('ended')
  })
})

describe('an end of the process', () => {
  test('ends the watching and is told; the end is the last that was seen', async () => {
    const subject = await startSubject()
    await using monitor = startMonitor(subject, { interval: '50ms' })
    await until(() => monitor.memory.samples >= 2)
    subject.kill('SIGKILL')
    await until(() => monitor.memory.ended !== undefined)
    const { samples, end } = monitor.memory
    expect(monitor.memory.ended).toBe('process exited')
    expect(end).toBeGreaterThan(10e6)
    await monitor.stop()
    expect(monitor.memory.samples).toBe(samples)
  })

  test('one that had ended before leaves every figure missing', async () => {
    await using monitor = startMonitor({ pid: 2 ** 30 })
    await monitor.stop()
    expect(monitor.summary()).toMatchObject({
      memory: { samples: 0, growth: undefined, ended: 'process exited' },
      cpu: { samples: 0, mean: undefined },
    })
  })
})

test.each([
  ['5 sec', 'monitor.interval must be milliseconds'],
  [1, "monitor.interval must be at least '10ms', got 1"],
])('interval %j is refused', (interval, message) => {
  expect(() => startMonitor({ pid: process.pid }, { interval: interval as '5s' })).toThrow(message)
})
