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
  await delay(500) // what a process does to start is over
  return pid
}

/** The kernel's own account: every page of every process, and every nanosecond of every thread. */
async function kernelFigures(root: number) {
  const pids = await processTree(root)
  const rollups = pids.map((pid) => readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))
  const kilobytes = (name: string): number =>
    rollups.reduce(
      (sum, text) => sum + Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]),
      0,
    )
  const threads = pids.flatMap((pid) =>
    readdirSync(`/proc/${pid}/task`).map((thread) => `/proc/${pid}/task/${thread}/schedstat`),
  )
  const nanoseconds = threads.map((path) => Number(readFileSync(path, 'latin1').split(' ')[0]))
  return {
    processes: pids.length,
    rss: kilobytes('Rss') * 1_024,
    pss: kilobytes('Pss') * 1_024,
    threads: threads.length,
    descriptors: pids.flatMap((pid) => readdirSync(`/proc/${pid}/fd`)).length,
    cpu: nanoseconds.reduce((sum, each) => sum + each, 0) / 1e6,
  }
}

describe.runIf(isLinux)('a cluster of four workers', { timeout: 30_000 }, () => {
  test('is summed right within 5 % of the account of the kernel', async () => {
    const pid = await startCluster()
    const sampler = treeSampler(pid, realClock)
    const [before] = [await kernelFigures(pid), await sampler()]
    await delay(3_000)
    const sample = (await sampler('last')) as Sample
    const after = await kernelFigures(pid)
    expect(sample.processes).toBe(5)
    expect(after.processes).toBe(5)
    const cpu = (after.cpu - before.cpu) / sample.span
    const ratios = {
      rss: Number(sample.rss) / after.rss,
      pss: Number(sample.pss) / after.pss,
      cpu: Number(sample.cpu) / cpu,
    }
    for (const ratio of Object.values(ratios)) {
      expect(ratio, JSON.stringify(ratios)).toBeGreaterThan(0.95)
      expect(ratio, JSON.stringify(ratios)).toBeLessThan(1.05)
    }
    expect(sample.threads).toBe(after.threads)
    expect(sample.descriptors).toBe(after.descriptors)
    // The workers share the program itself: counted once, it is less.
    expect(Number(sample.pss)).toBeLessThan(0.9 * Number(sample.rss))
  })

  test('has its descriptors, threads and PSS over time, from start to end', async () => {
    const pid = await startCluster()
    await using monitor = startMonitor({ pid }, { interval: '50ms' })
    await until(() => monitor.memory.samples >= 4)
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

test.runIf(isLinux)('children that come and go between two samples are in the CPU', async () => {
  const spin = 'const end = Date.now() + 50; while (Date.now() < end);'
  const parent = `
    const { spawn } = require('child_process')
    const next = () => spawn(process.execPath, ['-e', '${spin}']).on('exit', next)
    next()`
  const { pid = 0 } = spawn(process.execPath, ['-e', parent], { detached: true })
  onTestFinished(() => void process.kill(-pid, 'SIGKILL'))
  await delay(300)
  /** CPU time of the process and of its children that have ended, by the kernel's own account. */
  const account = (): number => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? []
    return stat.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) * 10, 0)
  }
  const sampler = treeSampler(pid, realClock)
  const [before] = [account(), await sampler()]
  await delay(2_000)
  const sample = (await sampler()) as Sample
  const cpu = (account() - before) / sample.span
  expect(cpu).toBeGreaterThan(0.2)
  // One that is still at work is in the sample only.
  expect(Math.abs(Number(sample.cpu) - cpu)).toBeLessThan(0.2)
})
