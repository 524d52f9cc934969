import { expect, test } from 'vitest'
import { parseServices } from '../../src/service/options.ts'
import { startServices } from '../../src/service/services.ts'
import {
  codeCommand,
  freePort,
  isGone,
  scriptCommand,
  until,
} from '../support/service-processes.ts'

test('services start in order, stop in reverse, and a companion keeps its own port', async () => {
  const [base, companion] = [await freePort(), await freePort()]
  const specs = parseServices(
    [
      {
        name: 'model',
        command: scriptCommand('service-http.ts'),
        ready: { port: companion },
        env: { PORT: String(companion) },
      },
      { name: 'api', command: scriptCommand('service-http.ts'), ready: '/health' },
    ],
    'perf.server',
    `http://127.0.0.1:${base}`,
  )
  const services = await startServices(specs)
  expect(services.all.map(({ name, url }) => [name, url])).toEqual([
    ['model', `http://localhost:${companion}`],
    ['api', `http://127.0.0.1:${base}`],
  ])
  const ended: string[] = []
  for (const service of services.all) void service.exited.then(() => ended.push(service.name))
  await services.stop()
  expect(ended).toEqual(['api', 'model'])
})

test('when the second fails the first is stopped', async () => {
  const base = await freePort()
  const specs = parseServices(
    [
      { command: scriptCommand('service-http.ts'), ready: '/health' },
      { name: 'worker', command: codeCommand('process.exit(1)'), ready: { log: 'ready' } },
    ],
    'perf.server',
    `http://127.0.0.1:${base}`,
  )
  const starting = startServices(specs)
  starting.catch(() => {})
  let pids: number[] = []
  await until(async () => {
    pids = await fetch(`http://127.0.0.1:${base}/`).then(
      (answer) => answer.json() as Promise<number[]>,
      () => [],
    )
    return pids.length > 0
  })
  await expect(starting).rejects.toThrow('service worker')
  expect(await isGone(pids[0] ?? 0)).toBe(true)
})
