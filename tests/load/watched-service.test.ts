import { describe, expect, test } from 'vitest'
import { runLoad } from '../../src/load/run-load.ts'
import { parseServices } from '../../src/service/options.ts'
import { startService } from '../../src/service/start-service.ts'
import type { Service } from '../../src/service/start-service.ts'
import { freePort, scriptCommand, until } from '../support/service-processes.ts'
import { loadEnvironment } from '../support/load-environment.ts'

/** The service of `tests/support/service-acts.ts`. */
async function start(): Promise<Service> {
  const baseUrl = `http://127.0.0.1:${await freePort()}`
  const given = { command: scriptCommand('service-acts.ts'), ready: '/health', inspect: true }
  const [spec] = parseServices(given, 'server', baseUrl)
  if (spec === undefined) throw new Error('no service')
  return startService(spec)
}

const world = (service: Service, url = service.url) => loadEnvironment({ baseUrl: url, service })

describe('the service while a load runs', { timeout: 60_000 }, () => {
  test('is seen on the clock of the run, so that it can be drawn under the throughput', async () => {
    await using service = await start()
    const run = await runLoad(
      { users: 2, rampUp: '400ms', duration: '1.5s' },
      async ({ http, pause }) => {
        await http.get('/')
        await pause('20ms')
      },
      world(service),
    )
    expect(run.judgedFrom).toBeGreaterThanOrEqual(400)
    expect(run.judgedFrom).toBeLessThan(run.elapsed)
    const { memory, cpu, server } = run
    const courses = [memory, cpu, server.heap, server.loop.delay, server.loop.busy, server.threads]
    for (const { series } of courses) {
      const times = series.map(({ at }) => at)
      expect(times.length).toBeGreaterThan(0)
      expect(times).toEqual(times.toSorted((left, right) => left - right))
    }
    // It is watched from just before the first user until after the last.
    expect(memory.series[0]?.at).toBeLessThan(Number(run.judgedFrom))
    expect(memory.series.at(-1)?.at).toBeGreaterThanOrEqual(run.elapsed - 1)
    expect(server.heap.peak).toBeLessThan(Number(memory.peak))
  })

  test('that dies has ended, and the rest of the run is kept', async () => {
    await using service = await start()
    const state = { killed: false }
    const run = await runLoad(
      { users: 2, iterations: 40 },
      async ({ http, iteration, pause }) => {
        if (iteration === 10 && !state.killed) {
          state.killed = true
          await service.kill()
        }
        await pause('30ms')
        await http.get('/')
      },
      world(service),
    )
    expect(run.iterations.count).toBe(40)
    expect(run.ok).toBeGreaterThanOrEqual(10)
    expect(run.failed).toBeGreaterThan(0)
    expect(run.ending).toBe('complete')
    expect(run.memory).toMatchObject({ ended: 'process exited' })
    expect(run.memory.peak).toBeGreaterThan(1e6)
    expect(run.server.loop.delay.samples).toBeGreaterThanOrEqual(0)
  })

  test('that is restarted is followed to its new process', async () => {
    await using service = await start()
    const state = { restart: undefined as Promise<unknown> | undefined, back: false }
    const { pid } = service
    const run = await runLoad(
      { users: 2, duration: '30s', gracefulStop: '1s' },
      async ({ http, pause }) => {
        state.restart ??= service.restart()
        await pause('30ms')
        await http.get('/', { expect: 'any' })
      },
      { ...world(service), signal: restarted(() => state.restart) },
    )
    expect(service.pid).not.toBe(pid)
    expect(run.memory.restarts).toMatchObject([{ pid: service.pid }])
    expect(run.memory.ended).toBeUndefined()
  })
})

/** Aborts once the service is back. */
function restarted(restart: () => Promise<unknown> | undefined): AbortSignal {
  const over = new AbortController()
  void until(() => restart() !== undefined).then(async () => {
    await restart()
    over.abort(new Error('it is back'))
  })
  return over.signal
}
