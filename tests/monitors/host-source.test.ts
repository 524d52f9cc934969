import { cpus, totalmem } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { realClock } from '../../src/clock/clock.ts'
import { hostSource } from '../../src/monitors/host-source.ts'
import { startMonitor } from '../../src/monitors/monitor.ts'

test('the machine: memory that is not available, and cores that are busy', async () => {
  await using monitor = startMonitor(hostSource(realClock), { interval: '150ms' })
  const end = performance.now() + 400
  while (performance.now() < end) await delay(1)
  const busy = performance.now() + 300
  while (performance.now() < busy);
  await monitor.stop()
  expect(monitor.memory).toMatchObject({ label: 'the host' })
  expect(monitor.memory.peak).toBeLessThan(totalmem())
  expect(Number(monitor.memory.end) + Number(monitor.value('available').end)).toBe(totalmem())
  expect(monitor.cpu.mean).toBeGreaterThan(0)
  expect(monitor.cpu.peak).toBeGreaterThan(0.3)
  expect(monitor.cpu.peak).toBeLessThanOrEqual(cpus().length)
  const cores = cpus().map((_, index) => monitor.value(`core ${index}`))
  for (const { peak, min } of cores) {
    expect(min).toBeGreaterThanOrEqual(0)
    expect(peak).toBeLessThanOrEqual(1)
  }
  const busiest = Math.max(...cores.map(({ peak = 0 }) => peak))
  expect(busiest).toBeGreaterThanOrEqual(Number(monitor.cpu.peak) / cpus().length - 1e-9)
})
