import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { LoadRun } from '../../src/load/load-run.ts'
import { runLoad } from '../../src/load/run-load.ts'
import type { Recovery } from '../../src/service/recovery.ts'
import type { Service } from '../../src/service/start-service.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { startOnFreePort } from '../support/start-on-free-port.ts'
import { scriptCommand, until } from '../support/service-processes.ts'

const wallClock = (): number => performance.timeOrigin + performance.now()

/** By the service's own account, when it began to answer well: since its start, or since it was halted. */
const goodSince = async ({ url }: Service, fault: Recovery['fault']): Promise<number> => {
  const path = fault === 'pause' ? '/halted' : '/since'
  return Number(await fetch(`${url}${path}`).then((answer) => answer.text()))
}

interface Drill {
  readonly recovery: Recovery
  /** By the service itself. The fault was somewhere between the begin and the end of its call. */
  readonly truth: { readonly least: number; readonly most: number }
  readonly run: LoadRun
}

/** A fault, and what brings the service back, while five users ask for something all the time. */
async function drill(
  fault: (service: Service) => Promise<unknown>,
  cure: (service: Service) => Promise<unknown>,
): Promise<Drill> {
  const command = scriptCommand('service-http.ts')
  await using service = await startOnFreePort({ command, env: { WARM_UP: '150' } })
  const over = new AbortController()
  const answered = { count: 0 }
  const running = runLoad(
    { users: 5, duration: '120s', gracefulStop: '2s' },
    async ({ http, pause }) => {
      await pause('10ms')
      await http.get('/', { timeout: '1s' })
      answered.count += 1
    },
    loadEnvironment({ baseUrl: service.url, service, signal: over.signal }),
  )
  const more = (): Promise<void> => {
    const before = answered.count
    return until(() => answered.count >= before + 10)
  }
  await more()
  const begin = wallClock()
  await fault(service)
  const end = wallClock()
  await cure(service)
  const recovery = await service.recovery()
  await more()
  const good = await goodSince(service, recovery.fault)
  over.abort(new Error('seen'))
  return { recovery, truth: { least: good - end, most: good - begin }, run: await running }
}

/** Two processes tell the time alike but for this. */
const CLOCKS = 5

describe('the time to recovery in the middle of a load', { timeout: 60_000 }, () => {
  test.each([
    [
      'kill',
      (service: Service) => service.kill(),
      async (service: Service) => {
        await delay(200)
        await service.restart()
      },
    ],
    [
      'pause',
      (service: Service) => service.pause(),
      async (service: Service) => {
        await delay(1_000)
        await service.resume()
      },
    ],
  ] as const)('after %s is that which the service itself tells', async (name, fault, cure) => {
    const { recovery, truth, run } = await drill(fault, cure)
    const { time, resolution } = recovery
    const said = JSON.stringify({ recovery, truth })
    expect(recovery.fault).toBe(name)
    expect(time, said).toBeGreaterThan(truth.least - CLOCKS)
    expect(time - resolution, said).toBeLessThan(truth.most + CLOCKS)
    // So it is within 50 ms, on a machine that lets it look as often as that.
    expect(time - truth.most, said).toBeLessThan(Math.max(50, resolution + CLOCKS))
    expect(run.ok).toBeGreaterThanOrEqual(20)
    if (name === 'kill') expect(run.failed).toBeGreaterThan(0)
  })

  test('after restart likewise', async () => {
    const { recovery, truth, run } = await drill(
      async () => {},
      (service) => service.restart(),
    )
    const { time, resolution, fault } = recovery
    const said = JSON.stringify({ recovery, truth })
    expect(fault).toBe('restart')
    // The restart began right after: what it took to begin is in the truth too.
    expect(time, said).toBeGreaterThan(truth.least - 50 - CLOCKS)
    expect(time - resolution, said).toBeLessThan(truth.most + CLOCKS)
    expect(run.failed).toBeGreaterThan(0)
    expect(run.memory.restarts).toHaveLength(1)
  })
})
