import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parseServices } from '../../src/service/options.ts'
import type { ServiceSpec } from '../../src/service/options.ts'
import { startService } from '../../src/service/start-service.ts'
import type { Service } from '../../src/service/start-service.ts'
import {
  codeCommand,
  freePort,
  isGone,
  scriptCommand,
  until,
} from '../support/service-processes.ts'

/** The service of `tests/support/service-http.ts` on a free port. */
async function httpSpec(options: object = {}): Promise<ServiceSpec> {
  const baseUrl = `http://127.0.0.1:${await freePort()}`
  const common = { command: scriptCommand('service-http.ts'), ready: '/health', name: 'api' }
  return specOf({ ...common, ...options }, baseUrl)
}

function specOf(options: object, baseUrl?: string): ServiceSpec {
  const [spec] = parseServices(options, 'perf.server', baseUrl)
  if (spec === undefined) throw new Error('no service')
  return spec
}

/** Its own pid and that of its child. */
async function pidsOf(service: Service): Promise<number[]> {
  return (await fetch(`${service.url}/pids`).then((answer) => answer.json())) as number[]
}

async function failureOf(spec: ServiceSpec, signal?: AbortSignal): Promise<Error> {
  return startService(spec, { signal }).then(
    async (service) => {
      await service.stop()
      throw new Error('it started')
    },
    (error: unknown) => error as Error,
  )
}

/** What differs from run to run, made the same. */
function steady(error: Error): string {
  return stripVTControlCharacters(String(error))
    .replaceAll(process.execPath, 'node')
    .replaceAll(/"[^"]*\/tests\/support\//g, '"')
    .replaceAll(/after [\d.]+ m?s/g, 'after <time>')
    .replaceAll(/:\d{4,5}\b/g, ':<port>')
    .replaceAll(/(port|on) \d+/g, '$1 <port>')
}

describe('a start that succeeds', () => {
  test('waits until the service answers 2xx, keeps its log and its environment', async () => {
    await using service = await startService(
      await httpSpec({ env: { WARM_UP: '200', HUE: 'red' } }),
    )
    const answer = await fetch(`${service.url}/env`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ HUE: 'red', PATH: process.env['PATH'] })
    expect(service.name).toBe('api')
    expect(service.logs()).toContain('\u001B[32mlistening\u001B[39m on ')
    expect(service.logs()).toContain('and a word on stderr')
  })

  test.each([
    ['its port accepts a connection', undefined],
    ['its log says so, colours left aside', { log: /^listening on \d+$/ }],
  ])('is ready when %s', async (_, ready) => {
    await using service = await startService(await httpSpec({ ready }))
    expect((await fetch(`${service.url}/`)).status).toBe(200)
  })
})

describe('stop ends all of it', () => {
  test.each([
    ['a child that ignores SIGTERM', 'stubborn'],
    ['a child with a session of its own', 'escaped'],
  ])('%s', async (_, kind) => {
    const spec = await httpSpec({ env: { CHILD: kind }, stopTimeout: '300ms' })
    const service = await startService(spec)
    const pids = [service.pid, ...(await pidsOf(service))]
    expect(pids).toHaveLength(3)
    expect(await Promise.all(pids.map(isGone))).toEqual([false, false, false])
    await service.stop()
    expect(await Promise.all(pids.map(isGone))).toEqual([true, true, true])
    await service.stop()
  })

  test('also while it is paused', async () => {
    const service = await startService(await httpSpec())
    await service.pause()
    await service.stop()
    expect(await isGone(service.pid)).toBe(true)
    expect(await service.exited).toEqual({ code: undefined, signal: 'SIGTERM' })
  })

  test('leaves no exit handler behind', async () => {
    const before = process.listenerCount('exit')
    const service = await startService(await httpSpec())
    expect(process.listenerCount('exit')).toBe(before + 1)
    await service.stop()
    expect(process.listenerCount('exit')).toBe(before)
  })

  test('a restart after it is refused', async () => {
    const service = await startService(await httpSpec())
    await service.stop()
    await expect(service.restart()).rejects.toThrow('was stopped')
  })
})

describe('while it runs', () => {
  test('restart brings a new process at the same place, its log goes on', async () => {
    await using service = await startService(await httpSpec())
    const [pid, log] = [service.pid, service.logs()]
    await service.restart()
    expect(service.pid).not.toBe(pid)
    expect(await isGone(pid)).toBe(true)
    expect((await fetch(`${service.url}/`)).status).toBe(200)
    expect(service.logs().length).toBeGreaterThan(log.length)
  })

  test('kill ends it, restart brings it back', async () => {
    await using service = await startService(
      await httpSpec({ env: { CHILD: 'stubborn' }, stopTimeout: '300ms' }),
    )
    const { exited } = service
    const pids = await pidsOf(service)
    await service.kill()
    expect(await Promise.all(pids.map(isGone))).toEqual([true, true])
    expect(await exited).toEqual({ code: undefined, signal: 'SIGKILL' })
    await expect(fetch(`${service.url}/`)).rejects.toThrow('fetch failed')
    await service.restart()
    expect((await fetch(`${service.url}/`)).status).toBe(200)
  })

  test('a signal that is not obeyed is an error', async () => {
    const spec = await httpSpec({ env: { CHILD: 'stubborn' }, stopTimeout: '200ms' })
    await using service = await startService(spec)
    await expect(service.kill('SIGTERM')).rejects.toThrow(/goes on after SIGTERM: \d+ still runs?/)
  })

  test('pause makes it silent, resume lets it answer what it was asked meanwhile', async () => {
    await using service = await startService(await httpSpec())
    await service.pause()
    const answer = fetch(`${service.url}/`).then(({ status }) => status)
    expect(await Promise.race([answer, delay(300, 'silence')])).toBe('silence')
    await service.resume()
    expect(await answer).toBe(200)
  })
})

describe('a start that fails', () => {
  test('it dies', async () => {
    const command = codeCommand(
      "console.error('connecting'); console.error('no database'); process.exitCode = 3",
    )
    const error = await failureOf(specOf({ command }, `http://127.0.0.1:${await freePort()}`))
    expect(error.name).toBe('ServiceError')
    expect(steady(error)).toMatchInlineSnapshot(`
      "ServiceError: service \`"node" -e "console.error('connecting'); console.error('no database'); process.exitCode = 3"\` exited with code 3 after <time>, before it was ready
        ready when: port <port> of 127.0.0.1 accepts connections
        last look: port <port>: connection refused
        end of its log:
          | connecting
          | no database"
    `)
  })

  test('it is never ready', async () => {
    const env = { WARM_UP: '60000' }
    const spec = await httpSpec({ startTimeout: '1200ms', env, name: undefined })
    // Two pipes have no order between them.
    const message = steady(await failureOf(spec)).replace(/\n.*a word on stderr/, '')
    expect(message).toMatchInlineSnapshot(`
      "ServiceError: service \`"node" "service-http.ts"\` was not ready within 1.2 s
        ready when: GET http://127.0.0.1:<port>/health answers 2xx or 3xx
        last look: it answered 503
        end of its log:
          | listening on <port>"
    `)
  })

  test('it never listens, and what it started is ended', async () => {
    const command = codeCommand('console.log(process.pid); setInterval(() => {}, 1000)')
    const options = { command, startTimeout: '1200ms', ready: { port: await freePort() } }
    const error = await failureOf(specOf(options))
    expect(steady(error).replaceAll(/\| \d+/g, '| <pid>')).toMatchInlineSnapshot(`
      "ServiceError: service \`"node" -e "console.log(process.pid); setInterval(() => {}, 1000)"\` was not ready within 1.2 s
        ready when: port <port> of localhost accepts connections
        last look: port <port>: connection refused
        end of its log:
          | <pid>"
    `)
    expect(await isGone(Number(/\| (\d+)/.exec(error.message)?.[1]))).toBe(true)
  })

  test('its port is taken by another', async () => {
    const other = createServer((_, response) => void response.end())
    const spec = await httpSpec()
    await new Promise<void>((resolve) => other.listen(spec.port, '127.0.0.1', resolve))
    onTestFinished(() => void other.close())
    expect(steady(await failureOf(spec))).toMatchInlineSnapshot(
      `"ServiceError: service api (\`"node" "service-http.ts"\`) was not started: port <port> is already in use, so the service would not be the one under test; stop it or set PERF_BASE_URL to test it"`,
    )
  })

  test('its directory does not exist', async () => {
    const spec = await httpSpec({ command: 'npm start', cwd: '/no/such/place' })
    expect(steady(await failureOf(spec))).toMatchInlineSnapshot(
      `"ServiceError: service api (\`npm start\`) could not be started: spawn /bin/sh ENOENT (is /no/such/place a directory?)"`,
    )
  })

  test('the test that waits for it is aborted', async () => {
    const controller = new AbortController()
    const command = codeCommand("console.log('up'); setInterval(() => {}, 1000)")
    const failure = failureOf(
      specOf({ command, ready: { port: await freePort() } }),
      controller.signal,
    )
    await delay(150)
    controller.abort(new Error('enough'))
    expect((await failure).message).toBe('enough')
  })
})

test('a main process that crashes leaves nothing behind', async () => {
  const port = await freePort()
  const main = specOf({
    command: scriptCommand('service-crash.ts'),
    ready: { log: 'pids' },
    env: { BASE: `http://127.0.0.1:${port}` },
  })
  await using service = await startService(main)
  const pids = JSON.parse(/pids (.*)/.exec(service.logs())?.[1] ?? '[]') as number[]
  expect(pids).toHaveLength(2)
  await service.exited
  await until(async () => (await Promise.all(pids.map(isGone))).every(Boolean))
})
