import { describe, expect, test } from 'vitest'
import { startMonitor } from '../../src/monitors/monitor.ts'
import { runLoad } from '../../src/load/run-load.ts'
import type { Service } from '../../src/service/start-service.ts'
import { startOnFreePort } from '../support/start-on-free-port.ts'
import { scriptCommand, until } from '../support/service-processes.ts'
import { loadEnvironment } from '../support/load-environment.ts'

/** The service of `tests/support/service-acts.ts`. */
const start = (): Promise<Service> =>
  startOnFreePort({ command: scriptCommand('service-acts.ts'), inspect: true })

const world = (service: Service, url = service.url) => loadEnvironment({ baseUrl: url, service })

describe('the service while a load runs', { timeout: 60_000 }, () => {
  test('is seen on the clock of the run, so that it can be drawn under the throughput', async () => {
    await using service = await start()
    await using witness = startMonitor(service)
    const run = await runLoad(
      { users: 2, rampUp: '400ms', duration: '60s', gracefulStop: '1s' },
      async ({ http, pause }) => {
        await http.get('/')
        await pause('20ms')
      },
      { ...world(service), signal: onceHeld(() => witness.loop.busy.samples >= 4) },
    )
    const { memory, cpu, watched, watchedFrom = 0 } = run
    const { heap, threads, loop } = watched
    const courses = [memory, cpu, heap, loop.delay, loop.busy, threads]
    for (const { series } of courses) {
      const times = series.map(({ at }) => at)
      expect(times.length).toBeGreaterThan(0)
      expect(times).toEqual(times.toSorted((left, right) => left - right))
    }
    // The judged time begins at 0: it is watched from before the ramp-up until after its end.
    expect(watchedFrom).toBeLessThanOrEqual(-400)
    expect(watchedFrom + Number(memory.series.at(-1)?.at)).toBeGreaterThanOrEqual(run.duration)
    expect(heap.peak).toBeLessThan(Number(memory.peak))
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
    expect(run.watched.loop.delay.samples).toBeGreaterThanOrEqual(0)
  })

  test('that is restarted is followed to its new process', async () => {
    await using service = await start()
    const state = { restart: undefined as Promise<unknown> | undefined, back: false }
    const { pid } = service
    const run = await runLoad(
      { users: 2, duration: '30s', gracefulStop: '1s' },
      async ({ http, pause }) => {
        state.restart ??= service.restart().then(() => (state.back = true))
        await pause('30ms')
        await http.get('/', { expect: 'any' })
      },
      { ...world(service), signal: onceHeld(() => state.back) },
    )
    expect(service.pid).not.toBe(pid)
    expect(run.memory.restarts).toMatchObject([{ pid: service.pid }])
    expect(run.memory.ended).toBeUndefined()
  })
})

/** Ends a load that has seen enough. */
function onceHeld(holds: () => boolean): AbortSignal {
  const over = new AbortController()
  void until(holds).finally(() => over.abort(new Error('seen')))
  return over.signal
}
