import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { optionsFrom, toSettings } from '../../examples/btc-watcher/service/settings.ts'
import { asking, BUY, tokenOf, watched } from './btc-watcher.ts'

const MAIN = join(import.meta.dirname, '../../examples/btc-watcher/service/main.ts')

describe('faults', () => {
  test('slow down one class of operations', async () => {
    await using service = await watched({ slow: { webhook: 200 } })
    const timed = async (request: string, body?: object): Promise<number> => {
      const start = performance.now()
      await service.ask(request, body)
      return performance.now() - start
    }
    const webhook = await timed('POST /signals/webhook/3', BUY)
    expect(webhook).toBeGreaterThan(190)
    expect(await timed('GET /signals/')).toBeLessThan(webhook)
  })

  test('fail a seeded share of one class', async () => {
    const statusesOf = async (): Promise<number[]> => {
      await using service = await watched({ fail: { read: 0.5 } })
      const statuses: number[] = []
      for (let at = 0; at < 20; at += 1) statuses.push((await service.ask('GET /signals/')).status)
      return statuses
    }
    const statuses = await statusesOf()
    expect(new Set(statuses)).toEqual(new Set([200, 503]))
    expect(await statusesOf()).toEqual(statuses)
  })

  test('end the service in mid-run', async () => {
    // The log-in is the first request.
    await using service = await watched({ stopAfter: 3 })
    expect((await service.ask('GET /auth/me')).status).toBe(200)
    await expect(service.ask('GET /auth/me')).rejects.toThrow('fetch failed')
    await expect(service.ask('GET /auth/me')).rejects.toThrow('fetch failed')
  })

  test('are read from the environment', () => {
    expect(
      optionsFrom({
        PORT: '1',
        BTC_SLOW: 'write:800, read:20',
        BTC_FAIL: 'auth:0.1',
        BTC_DELAY: '',
      }),
    ).toMatchObject({ port: 1, slow: { write: 800, read: 20 }, fail: { auth: 0.1 } })
  })

  test.each([
    [{ BTC_SLOW: 'raed:20' }, 'BTC_SLOW must be auth, read, complex, write, webhook with a number'],
    [{ BTC_FAIL: 'read:2' }, 'from 0 to 1, like write:1, got "read:2"'],
    [{ BTC_FAIL: 'read' }, 'BTC_FAIL must be'],
    [{ PORT: 'http' }, 'port (PORT) must be a whole number from 0 to 65535, got NaN'],
    [{ BTC_STOP_AFTER: '0' }, 'stopAfter (BTC_STOP_AFTER) must be a whole number from 1'],
  ])('%o is a mistake', (environment, message) => {
    expect(() => toSettings(optionsFrom(environment))).toThrow(message)
  })
})

describe('the process', () => {
  test('keeps its data in a file and ends on SIGTERM', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'btc-watcher-'))
    try {
      const start = async () => {
        const child = spawn(process.execPath, [MAIN], {
          env: { PORT: '0', BTC_DB: join(folder, 'watcher.db'), BTC_ACCOUNTS: '1' },
        })
        const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
        const url = line.replace('listening on ', '')
        return { child, ask: asking(url, await tokenOf(url, 'trader-1')) }
      }
      const end = async (child: ReturnType<typeof spawn>): Promise<unknown> => {
        const exit = once(child, 'exit')
        child.kill('SIGTERM')
        return (await exit)[0]
      }
      const first = await start()
      await first.ask('POST /strategies/', { name: 'kept', config: {} })
      expect(await end(first.child)).toBe(0)
      const second = await start()
      expect((await second.ask('GET /strategies/21')).body).toMatchObject({ name: 'kept' })
      await end(second.child)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
