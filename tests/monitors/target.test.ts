import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { realClock } from '../../src/clock/clock.ts'
import { findListener, listeningInodes } from '../../src/monitors/port.ts'
import { sourceOf } from '../../src/monitors/target.ts'
import type { MonitorTarget } from '../../src/monitors/target.ts'
import { freePort } from '../support/service-processes.ts'

describe('the table of sockets', () => {
  const table = `
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F90 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 4712 1 0000000000000000 20 4 30 10 -1
   2: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000000000000000 100 0 0 10 0
   3: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000 0 4714 1 0 100 0 0 10 0
`
  test.each([
    [8_080, ['4711', '4714']],
    [22, ['4713']],
    [54_321, []],
  ])('port %i is listened on by %j; connections do not count', (port, inodes) =>
    expect(listeningInodes(table, port)).toEqual(inodes),
  )
})

async function listen(host: string): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

describe('a listener is found by its port', () => {
  test.each(['127.0.0.1', '0.0.0.0', '::1'])('on %s', async (host) => {
    expect(await findListener(await listen(host))).toBe(process.pid)
  })

  test('of a cluster it is the process that started the others', async () => {
    const script = join(import.meta.dirname, '../support/service-cluster.ts')
    const primary = spawn(process.execPath, [script], { detached: true })
    onTestFinished(() => void process.kill(-(primary.pid ?? 0), 'SIGKILL'))
    const [line] = (await once(primary.stdout, 'data')) as [Buffer]
    expect(await findListener(Number.parseInt(line.toString(), 10))).toBe(primary.pid)
  })

  test('nobody', async () => expect(await findListener(await freePort())).toBeUndefined())
})

describe('targets', () => {
  test.each([
    ['a pid', () => process.pid],
    ['whatever has a pid', () => ({ pid: process.pid, name: 'api' })],
    ['a port', async () => ({ port: await listen('127.0.0.1') })],
  ])('%s', async (_, target) => {
    expect((await sourceOf(await target(), realClock)).pid).toBe(process.pid)
  })

  test.each([
    [{ port: 1 }, 'monitor: no process listens on port 1'],
    [{ port: 80_000 }, 'monitor.port must be a port from 1 to 65535, got 80000'],
    [2 ** 30, 'monitor: there is no process with pid 1073741824'],
    [-1, 'monitor must be the id of a process, got -1'],
    [{ pid: undefined }, 'monitor.pid must be the id of a process'],
    [
      {},
      "monitor must be a pid, { pid }, { port }, { command }, { cgroup }, { url } or 'host', got {}",
    ],
    [
      '8080',
      'monitor must be a pid, { pid }, { port }, { command }, { cgroup }, { url } or \'host\', got "8080"',
    ],
  ])('%j: %s', async (target, message) => {
    const error = await sourceOf(target as MonitorTarget, realClock).catch(
      (reason: unknown) => reason,
    )
    expect(String(error)).toBe(`UsageError: ${message}`)
  })
})
