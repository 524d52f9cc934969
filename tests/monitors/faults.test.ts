import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import { realClock } from '../../src/clock/clock.ts'
import { startMonitor } from '../../src/monitors/monitor.ts'
import type { MonitorSummary } from '../../src/monitors/monitor.ts'
import { sourceOf } from '../../src/monitors/target.ts'
import { parseServices } from '../../src/service/options.ts'
import { startService } from '../../src/service/start-service.ts'
import { freePort, scriptCommand, until } from '../support/service-processes.ts'

/** A process that ends with the test. */
function start(code: string): ChildProcess & { readonly pid: number } {
  const child = spawn(process.execPath, ['-e', code])
  onTestFinished(() => void child.kill('SIGKILL'))
  return Object.assign(child, { pid: child.pid ?? 0 })
}

const listenOn = (port: number, host: string): ChildProcess & { readonly pid: number } =>
  start(`require('net').createServer().listen(${port}, '${host}', () => console.log('up'))`)

describe('a service that is restarted', () => {
  test('is followed to its new process; its growth is that of one process', async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}`
    const options = { command: scriptCommand('service-http.ts'), ready: '/health' }
    const [spec] = parseServices(options, 'server', baseUrl)
    if (spec === undefined) throw new Error('no service')
    await using service = await startService(spec)
    await using monitor = startMonitor(service, { interval: '50ms', label: 'the service' })
    await until(() => monitor.memory.samples >= 3)
    const pid = monitor.pid
    await service.restart()
    await until(() => monitor.memory.restarts !== undefined)
    const before = monitor.cpu.samples
    await until(() => monitor.cpu.samples >= before + 2)
    await monitor.stop()
    expect(monitor.pid).toBe(service.pid)
    expect(pid).not.toBe(service.pid)
    const { memory, cpu } = monitor.summary()
    expect(memory).toMatchObject({ restarts: [{ pid: service.pid, at: expect.any(Number) }] })
    expect(memory.ended).toBeUndefined()
    expect(memory.growth).toBeLessThan(50e6)
    expect(cpu.mean).toBeGreaterThanOrEqual(0)
  })

  test('has ended until it is back', async () => {
    const first = start('setInterval(() => {}, 1000)')
    const holder = { pid: first.pid }
    await using monitor = startMonitor(holder, { interval: '20ms' })
    await until(() => monitor.memory.samples > 0)
    first.kill('SIGKILL')
    await until(() => monitor.memory.ended === 'process exited')
    holder.pid = start('setInterval(() => {}, 1000)').pid
    await until(() => monitor.memory.ended === undefined)
    expect(monitor.memory.restarts).toHaveLength(1)
  })
})

describe('a port', () => {
  test('whose listener is replaced by another process is watched on', async () => {
    const port = await freePort()
    const first = listenOn(port, '127.0.0.1')
    await once(first.stdout ?? first, 'data')
    await using monitor = startMonitor(await sourceOf({ port }, realClock), { interval: '50ms' })
    await until(() => monitor.memory.samples > 0)
    first.kill('SIGKILL')
    await once(first, 'exit')
    const second = listenOn(port, '127.0.0.1')
    await until(() => monitor.pid === second.pid)
    expect(monitor.memory.restarts).toMatchObject([{ pid: second.pid }])
  })

  test('with two listeners that have nothing to do with each other names both', async () => {
    const port = await freePort()
    const both = [listenOn(port, '127.0.0.1'), listenOn(port, '127.0.0.2')]
    await Promise.all(both.map((child) => once(child.stdout ?? child, 'data')))
    const error: unknown = await sourceOf({ port }, realClock).catch((each) => each)
    const [first, second] = both.map(({ pid }) => pid).toSorted((left, right) => left - right)
    expect(String(error)).toMatch(
      new RegExp(
        `monitor: several processes listen on port ${port}, and none of them started the others: ` +
          `${first} \\(.+\\), ${second} \\(.+\\)\\. Give the pid of one of them, or of what started them$`,
      ),
    )
  })
})

const isRoot = process.getuid?.() === 0

/** Root may look into everything, so it watches as nobody. */
async function watchAsSomebodyElse(...what: string[]): Promise<unknown> {
  const script = join(import.meta.dirname, '../support/service-watcher.ts')
  const as = isRoot ? { uid: 65_534, gid: 65_534 } : {}
  const { stdout } = await promisify(execFile)(process.execPath, [script, ...what], as)
  return JSON.parse(stdout)
}

test.runIf(process.platform === 'linux')(
  'of a process that is not ours what everybody may know is known, and why the rest is not',
  async () => {
    const pid = isRoot ? start('setInterval(() => {}, 1000)').pid : 1
    const { memory, threads, pss } = (await watchAsSomebodyElse(String(pid))) as MonitorSummary
    expect(memory).toMatchObject({ label: `process ${pid}`, samples: 2 })
    expect(memory.peak).toBeGreaterThan(100_000)
    expect(memory.problem).toMatch(
      new RegExp(`^the (PSS|descriptors) of process ${pid}.* cannot be read: another user's$`),
    )
    expect([threads.samples, pss.samples]).toEqual([2, 0])
  },
)

test.runIf(process.platform === 'linux' && isRoot)(
  'a port of somebody else is refused, with what to do instead',
  async () => {
    const port = await freePort()
    const child = listenOn(port, '127.0.0.1')
    await once(child.stdout ?? child, 'data')
    expect(await watchAsSomebodyElse('port', String(port))).toBe(
      `UsageError: monitor: the process on port ${port} belongs to another user or container; give its pid`,
    )
  },
)

const LAST_PID = '/proc/sys/kernel/ns_last_pid'

/** Where this user may say which pid comes next. */
function mayChoosePids(): boolean {
  try {
    accessSync(LAST_PID, constants.W_OK)
    return isRoot
  } catch {
    return false
  }
}

/** A process of this very pid; others that start at the same time may take it, so it is tried again. */
async function startAs(pid: number): Promise<number | undefined> {
  for (let tries = 0; tries < 40; tries += 1) {
    writeFileSync(LAST_PID, String(pid - 1))
    const child = start('setInterval(() => {}, 1000)')
    if (child.pid === pid) return pid
    child.kill('SIGKILL')
    await delay(20)
  }
  return undefined
}

test.runIf(mayChoosePids())(
  'another process of the same pid is not taken for it',
  async (context) => {
    const first = start('setInterval(() => {}, 1000)')
    await using monitor = startMonitor(await sourceOf(first.pid, realClock), { interval: '10s' })
    await until(() => monitor.memory.samples === 1)
    first.kill('SIGKILL')
    await once(first, 'exit')
    await delay(2_600)
    if ((await startAs(first.pid)) === undefined) context.skip('others took the pid')
    await monitor.stop()
    expect(monitor.memory).toMatchObject({
      samples: 1,
      ended: 'process exited',
      problem: `process ${first.pid} exited, and its pid belongs to another one now`,
    })
  },
)
