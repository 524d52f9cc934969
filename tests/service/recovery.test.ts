import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { parseServices } from '../../src/service/options.ts'
import type { Recovery } from '../../src/service/recovery.ts'
import { startService } from '../../src/service/start-service.ts'
import type { Service } from '../../src/service/start-service.ts'
import { codeCommand, freePort, scriptCommand } from '../support/service-processes.ts'

/** The service of `tests/support/service-http.ts`; it answers 503 for a while after its start. */
async function startHttp(options: object = {}): Promise<Service> {
  const baseUrl = `http://127.0.0.1:${await freePort()}`
  const env = { WARM_UP: '150' }
  const common = { command: scriptCommand('service-http.ts'), ready: '/health', name: 'api', env }
  const [spec] = parseServices({ ...common, ...options }, 'perf.server', baseUrl)
  if (spec === undefined) throw new Error('no service')
  return startService(spec)
}

const now = (): number => performance.timeOrigin + performance.now()

/** By the service's own account, when the first good answer could be had. */
const goodSince = async (service: Service): Promise<number> =>
  Number(await fetch(`${service.url}/since`).then((answer) => answer.text()))

/** Within 50 ms, or what a machine that is busy lets it be sure of. */
function expectTrue({ time, resolution }: Recovery, truth: number): void {
  expect(time).toBeGreaterThan(truth - 5)
  expect(time - truth).toBeLessThan(Math.max(50, resolution + 5))
}

describe('the time to recovery is that of the first good answer', () => {
  test('after a restart', async () => {
    await using service = await startHttp()
    const at = now()
    const recovery = await service.restart()
    expect(recovery.fault).toBe('restart')
    expectTrue(recovery, (await goodSince(service)) - at)
    expect(await service.recovery()).toEqual(recovery)
  })

  test('after a crash, from the crash on, whoever brings it back and when', async () => {
    await using service = await startHttp()
    const at = now()
    await service.kill()
    await delay(300)
    const back = await service.restart()
    expect(back.fault).toBe('kill')
    expect(back.time).toBeGreaterThan(450)
    expectTrue(back, (await goodSince(service)) - at)
  })

  test('after a pause, from its begin to its end', async () => {
    await using service = await startHttp()
    await service.pause()
    const at = now()
    await delay(400)
    const end = now()
    await service.resume()
    const recovery = await service.recovery()
    expect(recovery.fault).toBe('pause')
    expectTrue(recovery, end - at)
  })

  test('each fault has its own', async () => {
    await using service = await startHttp()
    await service.pause()
    await service.resume()
    const first = await service.recovery()
    const second = await service.restart()
    expect([first.fault, second.fault]).toEqual(['pause', 'restart'])
    expect(first.resolution).toBeLessThanOrEqual(first.time)
  })

  test('also where its log tells that it is ready', async () => {
    await using service = await startHttp({ ready: { log: /^listening/ } })
    const at = now()
    const recovery = await service.restart()
    // What it had written before the restart does not count.
    expect((await fetch(`${service.url}/`)).status).toBeGreaterThan(0)
    expect(recovery.time).toBeGreaterThan((await goodSince(service)) - 150 - at - 50)
  })
})

test('without a fault there is nothing to recover from', async () => {
  await using service = await startHttp()
  await expect(service.recovery()).rejects.toThrow(
    'had no fault to recover from: restart(), kill() or pause() comes first',
  )
})

test('one that does not come back is told with its last look', async () => {
  await using service = await startHttp({ startTimeout: '2s' })
  await service.kill()
  await expect(service.recovery()).rejects.toThrow(
    /has not recovered within 2 s, after kill\(\)\n {2}last look: connection refused/,
  )
  expect((await service.restart()).fault).toBe('kill')
})

test('a service that somebody else brings back', async () => {
  const port = await freePort()
  await using service = await startHttp({
    command: codeCommand(`require('http').createServer((q, a) => a.end()).listen(${port})`),
    ready: `http://127.0.0.1:${port}/`,
  })
  await service.kill()
  await delay(50)
  const [other] = parseServices(
    {
      command: codeCommand(`require('http').createServer((q, a) => a.end()).listen(${port})`),
      ready: { port },
    },
    'other',
    undefined,
  )
  if (other === undefined) throw new Error('no service')
  await using _another = await startService(other)
  expect((await service.recovery()).fault).toBe('kill')
})
