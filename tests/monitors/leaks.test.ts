import { readdirSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startMonitor } from '../../src/monitors/monitor.ts'

test('many monitors leave no descriptor open in this process', async () => {
  const open = (): number =>
    readdirSync(process.platform === 'linux' ? '/proc/self/fd' : '/dev/fd').length
  const watch = async (): Promise<void> => {
    const monitors = Array.from({ length: 20 }, () =>
      startMonitor({ pid: process.pid }, { interval: '10ms' }),
    )
    await delay(50)
    await Promise.all(monitors.map((monitor) => monitor.stop()))
  }
  await watch()
  const before = open()
  for (let round = 0; round < 5; round += 1) await watch()
  expect(open()).toBeLessThanOrEqual(before)
})
