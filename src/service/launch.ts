import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { realClock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import type { Ms } from '../units/units.ts'
import { guard } from './guard.ts'
import { killOnExit } from './kill-on-exit.ts'
import type { ServiceSpec } from './options.ts'
import { probePort } from './probe.ts'
import { ProcessGroup } from './process-group.ts'
import { addressesOf } from './ready-check.ts'
import { waitUntilReady } from './ready.ts'
import { failedStart, ServiceError } from './service-error.ts'
import type { ExitInfo } from './service-error.ts'
import type { ServiceLog } from './service-log.ts'

/** A service that was ready once; how it goes on is told by `exited`. */
export interface Launched {
  readonly pid: number
  readonly group: ProcessGroup
  readonly exited: Promise<ExitInfo>
  /** Ends the whole tree. @throws ServiceError when some of it cannot be ended. */
  end(): Promise<void>
}

const LOG_LINES = 20

/**
 * Starts the command and waits until it is ready.
 * @throws ServiceError when its port is taken, it dies or time runs out, and the signal's reason when
 * that aborts; whatever had been started is ended by then.
 */
export async function launch(
  spec: ServiceSpec,
  log: ServiceLog,
  signal?: AbortSignal,
): Promise<Launched> {
  signal?.throwIfAborted()
  await refuseTaken(spec)
  const started = realClock.now()
  const launched = await spawnService(spec, log)
  const { probe, exit } = await readyOrOver(spec, { launched, log, signal })
  if (probe.ready && exit === undefined) {
    await launched.group.alive() // who is there now is found again, should it leave the group
    return launched
  }
  const waited = realClock.now() - started
  await launched.end()
  signal?.throwIfAborted()
  throw failedStart(spec, { exit, waited, said: probe.said, log: log.tail(LOG_LINES) })
}

/** Another service at the same place would answer the ready check and be measured instead. */
async function refuseTaken(spec: ServiceSpec): Promise<void> {
  for (const address of addressesOf(spec.ready)) {
    const { ready } = await probePort(address, AbortSignal.timeout(1_000))
    if (!ready) continue
    const why = `port ${address.port} is already in use, so the service would not be the one under test`
    throw new ServiceError(spec, `was not started: ${why}; stop it or set PERF_BASE_URL to test it`)
  }
}

interface Waiting {
  readonly launched: Launched
  readonly log: ServiceLog
  readonly signal: AbortSignal | undefined
}

async function readyOrOver(spec: ServiceSpec, { launched, log, signal }: Waiting) {
  const over = new AbortController()
  const state: { exit?: ExitInfo } = {}
  void launched.exited.then((info) => {
    state.exit = info
    over.abort()
  })
  const timer = realClock.setTimeout(() => over.abort(), spec.startTimeout)
  const either = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal])
  const probe = await waitUntilReady(spec.ready, log, either)
  realClock.clearTimeout(timer)
  return { probe, exit: state.exit }
}

/**
 * Environment of the service: what Vitest has, `PORT` of the base URL, since that is where it is
 * spoken to and a `PORT` of the user's shell was meant for something else, and its own on top. What
 * Vitest says of itself (`VITEST…`, `NODE_ENV=test`) stays out: the service is to behave as anywhere.
 */
export function environmentOf(
  { env, port, inspect = false }: Pick<ServiceSpec, 'env' | 'port'> & { inspect?: boolean },
  outer: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const passed = Object.entries(outer).filter(
    ([name, value]) => !name.startsWith('VITEST') && !(name === 'NODE_ENV' && value === 'test'),
  )
  return {
    ...Object.fromEntries(passed),
    ...(port === undefined ? {} : { PORT: String(port) }),
    ...env,
    ...(inspect && { NODE_OPTIONS: inspected(env['NODE_OPTIONS'] ?? outer['NODE_OPTIONS']) }),
  }
}

/** Every Node process of it takes a free port of its own and says which. */
const inspected = (options = ''): string => `${options} --inspect=127.0.0.1:0`.trim()

async function spawnService(spec: ServiceSpec, log: ServiceLog): Promise<Launched> {
  const child = spawn(spec.command, {
    shell: true,
    // A group of its own, so that all of it can be signalled and Ctrl+C leaves it to us.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    cwd: spec.cwd,
    env: environmentOf(spec, process.env),
  })
  child.stdout.on('data', log.writer())
  child.stderr.on('data', log.writer())
  const { pid } = child
  if (pid === undefined) throw await spawnFailure(spec, child)
  const exited = exitOf(child)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const group = new ProcessGroup(pid)
  const forget = killOnExit(group)
  const release = guard(pid)
  const end = async (): Promise<void> => {
    const left = await group.end(spec.stopTimeout)
    if (left.length > 0)
      throw new ServiceError(spec, `could not be ended: ${left.join(', ')} still run`)
    forget()
    release()
    await Promise.race([closed, sleep(realClock, DRAIN)])
    child.stdout.destroy()
    child.stderr.destroy()
  }
  return { pid, group, exited, end }
}

/** The last lines may still be in the pipe when a process has gone. */
const DRAIN: Ms = 200

function exitOf(child: ChildProcess): Promise<ExitInfo> {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) =>
      resolve({ code: code ?? undefined, signal: signal ?? undefined }),
    )
  })
}

function spawnFailure(spec: ServiceSpec, child: ChildProcess): Promise<ServiceError> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      const where = spec.cwd === undefined ? '' : ` (is ${spec.cwd} a directory?)`
      resolve(new ServiceError(spec, `could not be started: ${error.message}${where}`))
    })
  })
}
