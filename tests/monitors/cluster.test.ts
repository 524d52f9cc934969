import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { realClock } from '../../src/clock/clock.ts'
import { startMonitor } from '../../src/monitors/monitor.ts'
import type { Sample } from '../../src/monitors/sample.ts'
import { treeSampler } from '../../src/monitors/sampler.ts'
import { processTree } from '../../src/service/process-tree.ts'
import { until } from '../support/service-processes.ts'

const isLinux = process.platform === 'linux'

/** A cluster of four workers that is up; gives the pid of the process that started them. */
async function startCluster(): Promise<number> {
  const script = join(import.meta.dirname, '../support/service-cluster.ts')
  const env = { ...process.env, WORKERS: '4', BUSY: 'yes' }
  const primary = spawn(process.execPath, [script], { detached: true, env })
  const pid = primary.pid ?? 0
  onTestFinished(() => void process.kill(-pid, 'SIGKILL'))
  let up = 0
  primary.stdout.on('data', (chunk) => (up += String(chunk).trim().split('\n').length))
  await until(() => up >= 4)
  return pid
}

const threadsOf = (pid: number): string[] =>
  readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}`)

/** CPU time in ms, to the nanosecond of every thread. */
const cpuOf = (pids: readonly number[]): number =>
  pids
    .flatMap(threadsOf)
    .map((thread) => Number(readFileSync(`${thread}/schedstat`, 'latin1').split(' ')[0]) / 1e6)
    .reduce((sum, each) => sum + each, 0)

/** The kernel's own account of every page of every process, and of all of its time. */
async function kernelFigures(root: number) {
  const pids = await processTree(root)
  const rollups = pids.map((pid) => readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))
  const kilobytes = (name: string): number =>
    rollups.reduce(
      (sum, text) => sum + Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]),
      0,
    )
  return {
    processes: pids.length,
    rss: kilobytes('Rss') * 1_024,
    pss: kilobytes('Pss') * 1_024,
    threads: pids.flatMap(threadsOf).length,
    descriptors: pids.flatMap((pid) => readdirSync(`/proc/${pid}/fd`)).length,
    cpu: cpuOf(pids),
  }
}

type Figures = Awaited<ReturnType<typeof kernelFigures>>

/** What the kernel says just before and just after a sample: the sample lies between. */
type Between = readonly [before: Figures, after: Figures]

const within = (value: number, [low, high]: readonly [number, number], share: number): void => {
  expect(value).toBeGreaterThanOrEqual(low * (1 - share))
  expect(value).toBeLessThanOrEqual(high * (1 + share))
}

const range = (name: keyof Figures, between: Between): readonly [number, number] => {
  const both = between.map((each) => each[name])
  return [Math.min(...both), Math.max(...both)]
}

describe.runIf(isLinux)('a cluster of four workers', { timeout: 60_000 }, () => {
  test('is summed right within 5 % of the account of the kernel', async () => {
    const pid = await startCluster()
    const sampler = treeSampler(pid, realClock)
    const take = async (): Promise<readonly [Sample, Between]> => {
      const before = await kernelFigures(pid)
      const sample = (await sampler('last')) as Sample
      return [sample, [before, await kernelFigures(pid)]]
    }
    const [, first] = await take()
    // The kernel tells samplers of ticks of 10 ms, so that it takes a while to be exact.
    const pids = await processTree(pid)
    while (cpuOf(pids) - first[1].cpu < 1_500) await delay(100)
    const [sample, last] = await take()

    expect([sample.processes, last[1].processes]).toEqual([5, 5])
    within(Number(sample.rss), range('rss', last), 0.05)
    within(Number(sample.pss), range('pss', last), 0.05)
    const used = [last[0].cpu - first[1].cpu, last[1].cpu - first[0].cpu] as const
    within(Number(sample.cpu) * sample.span, used, 0.05)
    within(Number(sample.threads), range('threads', last), 0)
    within(Number(sample.descriptors), range('descriptors', last), 0)
    // The workers share the program itself: counted once, it is less.
    expect(Number(sample.pss)).toBeLessThan(0.9 * Number(sample.rss))
  })

  test('has its descriptors, threads and PSS over time, from start to end', async () => {
    const pid = await startCluster()
    await using monitor = startMonitor({ pid }, { interval: '50ms' })
    await until(() => monitor.memory.samples >= 2)
    await monitor.stop()
    const { threads, descriptors, pss, memory } = monitor.summary()
    expect(threads.samples).toBe(memory.samples)
    expect(threads.peak).toBeGreaterThanOrEqual(5)
    expect(descriptors.start).toBeGreaterThan(20)
    expect(descriptors.series).toHaveLength(memory.samples)
    // Looked at first and last only: it costs the kernel more.
    expect(pss).toMatchObject({ kind: 'memory', samples: 2, label: `process ${pid} (PSS)` })
    expect(pss.peak).toBeLessThan(Number(memory.peak))
  })
})

test.runIf(isLinux)(
  'children that come and go between two samples are in the CPU',
  async () => {
    const spin = 'const end = Date.now() + 50; while (Date.now() < end);'
    const parent = `
    const { spawn } = require('child_process')
    const next = () => spawn(process.execPath, ['-e', '${spin}']).on('exit', next)
    next()`
    const { pid = 0 } = spawn(process.execPath, ['-e', parent], { detached: true })
    onTestFinished(() => void process.kill(-pid, 'SIGKILL'))
    /** CPU time of the process and of its children that have ended, by the kernel's own account. */
    const account = (): number => {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
      return stat.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0)
    }
    while (account() < 100) await delay(50)
    const sampler = treeSampler(pid, realClock)
    await sampler()
    const before = account()
    while (account() - before < 1_000) await delay(50)
    const used = account() - before
    const sample = (await sampler()) as Sample
    const sampled = Number(sample.cpu) * sample.span
    expect(sampled).toBeGreaterThan(used * 0.9)
    // The child that is at work is in the sample only.
    expect(sampled).toBeLessThan(account() - before + 500)
  },
  60_000,
)
