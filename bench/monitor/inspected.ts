import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Pool } from 'undici'
import { answerCalls, cpuUsed } from '../common/answer-calls.ts'
import { findCores } from '../common/cores.ts'
import { realClock } from '../../src/clock/clock.ts'
import { NodeWatch } from '../../src/monitors/node-watch.ts'
import { Inspectors } from '../../src/service/inspectors.ts'

const LOOKS = 200
const REQUESTS = 10_000
const CONNECTIONS = 10

interface Service extends AsyncDisposable {
  readonly url: string
  readonly watch: NodeWatch
  /** CPU time that it has used, in ms. */
  cpu(): Promise<number>
}

/** A service on a core of its own; as one with `inspect` is started, or as any other. */
async function startService(inspect: boolean): Promise<Service> {
  const script = fileURLToPath(new URL('served.ts', import.meta.url))
  const options = inspect ? ['--inspect=127.0.0.1:0'] : []
  const cores = findCores()
  const pinned = cores === undefined ? [] : ['taskset', '-c', `${cores.server}`]
  const [program, ...args] = [...pinned, process.execPath, ...options, script]
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const inspectors = new Inspectors()
  createInterface(child.stderr).on('line', (line) => inspectors.note(line))
  const [port] = (await once(createInterface(child.stdout), 'line')) as [string]
  const url = `http://127.0.0.1:${port}`
  const watch = new NodeWatch(() => Promise.resolve(inspectors.urls), realClock)
  return {
    url,
    watch,
    cpu: async () => Number(await (await fetch(`${url}/cpu`)).text()),
    [Symbol.asyncDispose]: async () => {
      await watch.close()
      child.kill('SIGKILL')
    },
  }
}

/** What one look at its heap and its event loop costs the process that looks, and the service, in µs. */
async function look(): Promise<{ ours: number; service: number }> {
  await using service = await startService(true)
  for (let each = 0; each < 20; each++) await service.watch.look()
  const before = [cpuUsed(), await service.cpu()] as const
  for (let each = 0; each < LOOKS; each++) await service.watch.look()
  const [ours, theirs] = [cpuUsed() - before[0], (await service.cpu()) - before[1]]
  return { ours: (ours * 1_000) / LOOKS, service: (theirs * 1_000) / LOOKS }
}

/** CPU that the service spends on a request, in µs; watched twice a second, or not even open to it. */
async function request(watched: boolean): Promise<number> {
  await using service = await startService(watched)
  const pool = new Pool(service.url, { connections: CONNECTIONS })
  await send(pool, REQUESTS / 2)
  const over = { yes: false }
  const watching = watched ? watchUntil(service.watch, over) : Promise.resolve()
  const before = await service.cpu()
  await send(pool, REQUESTS)
  const used = (await service.cpu()) - before
  over.yes = true
  await Promise.all([watching, pool.close()])
  return (used * 1_000) / REQUESTS
}

async function watchUntil(watch: NodeWatch, over: { readonly yes: boolean }): Promise<void> {
  while (!over.yes) {
    await watch.look()
    await delay(500)
  }
}

async function send(pool: Pool, count: number): Promise<void> {
  const user = async (): Promise<void> => {
    for (let each = 0; each < count / CONNECTIONS; each++) {
      await (await pool.request({ method: 'GET', path: '/' })).body.dump()
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, user))
}

/** Both in turn, three times; of each the least, which whoever else is at work has disturbed the least. */
async function requests(): Promise<{ ours: number; peer: number }> {
  const all = { ours: [] as number[], peer: [] as number[] }
  for (const watched of [true, false, false, true, true, false]) {
    all[watched ? 'ours' : 'peer'].push(await request(watched))
  }
  return { ours: Math.min(...all.ours), peer: Math.min(...all.peer) }
}

answerCalls({ look, requests })
