import { describe, expect, test } from 'vitest'
import { startMonitor } from '../../src/monitors/monitor.ts'
import type { Service } from '../../src/service/start-service.ts'
import { startOnFreePort } from '../support/start-on-free-port.ts'
import { scriptCommand, until } from '../support/service-processes.ts'

/** The service of `tests/support/service-acts.ts`. */
const start = (options: object = {}): Promise<Service> =>
  startOnFreePort({ command: scriptCommand('service-acts.ts'), inspect: true, ...options })

const get = (service: Service, path: string): Promise<Response> => fetch(`${service.url}${path}`)

describe('a service in Node that can be inspected', { timeout: 30_000 }, () => {
  test('the event loop of a service in Node: how late it was, and how busy', async () => {
    await using service = await start()
    await using monitor = startMonitor(service, { interval: '50ms' })
    await until(() => monitor.loop.delay.samples >= 2)
    const calm = monitor.loop.delay.min
    await get(service, '/block')
    await until(() => Number(monitor.loop.delay.peak) > 300)
    const { delay: late, busy } = monitor.loop
    expect(calm).toBeLessThan(Number(late.peak))
    expect(busy.peak).toBeGreaterThan(Number(busy.min))
    expect(busy.peak).toBeLessThanOrEqual(1)
    expect(late.series.every(({ at, value }) => at >= 0 && value >= 0)).toBe(true)
  })

  test('its heap, what it holds outside of it included', async () => {
    await using service = await start()
    await using monitor = startMonitor(service, { interval: '50ms', label: 'the service' })
    await until(() => monitor.heap.samples >= 1)
    await get(service, '/hold')
    await until(() => Number(monitor.heap.peak) > Number(monitor.heap.start) + 49e6)
    await monitor.stop()
    expect(monitor.heap).toMatchObject({ kind: 'memory', label: 'the service (heap)' })
    expect(monitor.heap.end).toBeGreaterThan(50e6)
  })

  test('a process that comes later is added', async () => {
    await using service = await start()
    await using monitor = startMonitor(service, { interval: '50ms' })
    await until(() => monitor.heap.samples >= 1)
    const alone = Number(monitor.heap.peak)
    await get(service, '/fork')
    await until(() => Number(monitor.heap.end) > alone + 2e6)
    expect(monitor.heap.restarts).toBeUndefined()
  })

  test('the service is followed when it is restarted, and its growth is that of one process', async () => {
    await using service = await start()
    await using monitor = startMonitor(service, { interval: '50ms' })
    await get(service, '/hold')
    await until(() => Number(monitor.heap.peak) > 50e6)
    await service.restart()
    await until(() => monitor.heap.samples > 1 && Number(monitor.heap.end) < 40e6)
    await monitor.stop()
    expect(Number(monitor.heap.growth)).toBeGreaterThan(-5e6)
  })

  test('one that is halted does not answer: its memory is seen all the same', async () => {
    await using service = await start()
    await using monitor = startMonitor(service, { interval: '50ms' })
    await until(() => monitor.loop.delay.samples >= 1)
    await service.pause()
    const before = monitor.memory.samples
    await until(() => monitor.memory.samples >= before + 10)
    await service.resume()
    await until(() => Number(monitor.loop.delay.peak) > 250)
    expect(monitor.memory.ended).toBeUndefined()
  })

  test('two monitors do not take each other’s figures', async () => {
    await using service = await start()
    const first = startMonitor(service, { interval: '20ms' })
    const second = startMonitor(service, { interval: '20ms' })
    await until(() => first.loop.delay.samples >= 1 && second.loop.delay.samples >= 1)
    await get(service, '/block')
    await until(() => Number(first.loop.delay.peak) > 300 && Number(second.loop.delay.peak) > 300)
    await Promise.all([first.stop(), second.stop()])
    expect(first.memory.problem).toBeUndefined()
  })

  test('without inspect there is nothing of both', async () => {
    await using service = await start({ inspect: false })
    await using monitor = startMonitor(service, { interval: '20ms' })
    await until(() => monitor.memory.samples >= 3)
    await monitor.stop()
    expect(monitor.summary()).toMatchObject({
      heap: { samples: 0, growth: undefined },
      loop: { delay: { samples: 0 }, busy: { samples: 0 } },
    })
  })
})
