import { expect, test } from 'vitest'
import type { LoadOptions } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import type { Tick } from '../../src/load/tick.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { serve } from '../support/servers.ts'

/** A load of a service that fails every other call, and all that was told of it. */
async function watched(options: LoadOptions): Promise<{ run: LoadRun; ticks: readonly Tick[] }> {
  let calls = 0
  await using server = await serve((_request, response) => {
    response.writeHead(calls++ % 2 === 0 ? 503 : 200).end('{}')
  })
  const ticks: Tick[] = []
  const tell = (tick: Tick): void => void ticks.push(tick)
  const environment = loadEnvironment({ baseUrl: server.url, title: 'a load', tell })
  const run = await runLoad(
    options,
    async ({ http, pause }) => {
      await pause('20ms')
      await http.get('/a')
    },
    environment,
  )
  return { run, ticks }
}

test('a load is told second by second, with how its limits stand in the judged time', async () => {
  const limits = { errorRate: '10%', p95: '5s', memory: { growth: '1MB' } } as const
  const { run, ticks } = await watched({ users: 2, rampUp: '1.2s', duration: '1.2s', limits })
  const phases = ticks.map(({ phase }) => phase)
  expect(phases[0]).toBe('ramp-up')
  expect(phases).toContain('steady')

  const judged = ticks.find(({ phase, verdicts }) => phase === 'steady' && verdicts.length > 0)
  // Of the service nothing is known before the end.
  expect(judged?.verdicts.map(({ metric, status }) => `${metric} ${status}`)).toEqual(
    expect.arrayContaining(['errorRate fail']),
  )
  expect(judged?.verdicts).toHaveLength(2)
  expect(ticks.filter(({ phase }) => phase === 'ramp-up').flatMap((each) => each.verdicts)).toEqual(
    [],
  )
  for (const { length, title } of ticks) expect([length, title]).toEqual([2_400, 'a load'])

  const last = ticks.at(-1)
  expect(ticks.map(({ over }) => over)).toEqual([...ticks.slice(1).map(() => false), true])
  const all = run.phases.reduce((sum, { summary }) => sum + summary.count, run.count)
  expect(last).toMatchObject({ count: all, users: 0 })
})

test('a load that iterations end has no length', async () => {
  const { run, ticks } = await watched({ users: 2, iterations: 20 })
  expect(run.count).toBe(20)
  expect(ticks.at(-1)).toMatchObject({ count: 20, failed: 10, length: undefined, over: true })
})
