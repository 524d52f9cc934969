import { expect, test } from 'vitest'
import { kernelUnits, linuxUsage, parseUsage, uptime } from '../../src/monitors/linux-usage.ts'

const units = { page: 4_096, tick: 10 }
/** Fields 3 to 25 of proc_pid_stat(5). */
const stat = (state: string): string =>
  `4711 (node (api) x) ${state} 1 4711 4711 0 -1 4194304 100 0 0 0 150 50 30 20 20 0 11 0 360000 1000000 5000 18446744073709551615`

test('what the kernel says of a process, in ms and bytes', () => {
  expect(parseUsage(stat('S'), units, 3_605_000)).toEqual({
    pid: 4_711,
    rss: 5_000 * 4_096,
    used: 2_000,
    usedByEnded: 500,
    threads: 11,
    born: 3_600_000,
    age: 5_000,
  })
})

test.each(['Z', 'X'])('one in state %s has ended', (state) => {
  expect(parseUsage(stat(state), units, 0)).toBeUndefined()
})

test.runIf(process.platform === 'linux')('this process agrees with what it knows of itself', () => {
  const usage = linuxUsage(process.pid, kernelUnits(), uptime())
  const own = process.memoryUsage.rss()
  expect(Number(usage?.rss) / own).toBeGreaterThan(0.9)
  expect(Number(usage?.rss) / own).toBeLessThan(1.1)
  expect(Math.abs(Number(usage?.age) - process.uptime() * 1_000)).toBeLessThan(1_000)
  const { user, system } = process.cpuUsage()
  expect(Math.abs(Number(usage?.used) - (user + system) / 1_000)).toBeLessThan(200)
})
