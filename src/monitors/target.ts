import type { Clock } from '../clock/clock.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Ms } from '../units/units.ts'
import { cgroupSource } from './cgroup-source.ts'
import { findCommand } from './command-line.ts'
import { hostSource } from './host-source.ts'
import { findListener } from './port.ts'
import { probeSource, type ProbeTarget } from './probe-source.ts'
import { ProcessSource } from './process-source.ts'
import type { Source } from './sample.ts'

/**
 * What is watched: a pid, something that has one (the running service), whoever listens on a port, the
 * process of a command line, the machine, a container's control group, or a URL that says figures.
 */
export type MonitorTarget =
  | number
  | { readonly pid: number }
  | { readonly port: number }
  | { readonly command: RegExp | string }
  | 'host'
  | { readonly cgroup: string }
  | ProbeTarget

const EXPECTED = "a pid, { pid }, { port }, { command }, { cgroup }, { url } or 'host'"

/** Looking for a process costs 20 ms and more. */
const LOOK_EVERY: Ms = 1_000

/** What a monitor looks at. The process exists now. @throws UsageError */
export async function sourceOf(target: MonitorTarget, clock: Clock): Promise<Source> {
  if (typeof target === 'number') return fixed(livingPid(target, 'monitor'), clock)
  if (target === 'host') return hostSource(clock)
  if (typeof target !== 'object' || target === null)
    throw new UsageError('monitor', EXPECTED, target)
  if ('pid' in target) return living(target, clock)
  if ('port' in target) return found(await listenerOf(target.port), target, clock)
  if ('command' in target) return found(await commandOf(target.command), target, clock)
  if ('cgroup' in target) return cgroupSource(folderOf(target.cgroup), clock)
  if ('url' in target) return probeSource(target, clock)
  throw new UsageError('monitor', EXPECTED, target)
}

const fixed = (pid: number, clock: Clock): Source =>
  new ProcessSource({ label: `process ${pid}`, pid }, clock)

/** Something with a pid may have another one later: the service, when it is restarted. */
export function following(target: { readonly pid: number }, clock: Clock): Source {
  const { pid } = target
  return new ProcessSource({ label: `process ${pid}`, pid, again: () => target.pid }, clock)
}

function living(target: { readonly pid: number }, clock: Clock): Source {
  livingPid(target.pid, 'monitor.pid')
  return following(target, clock)
}

type Searched = { readonly port: number } | { readonly command: RegExp | string }

function found(pid: number, target: Searched, clock: Clock): Source {
  const again = (): Promise<number | undefined> =>
    'port' in target ? findListener(target.port) : findCommand(target.command)
  const label = `process ${pid}`
  return new ProcessSource({ label, pid, again, lookEvery: LOOK_EVERY }, clock)
}

async function listenerOf(port: number): Promise<number> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UsageError('monitor.port', 'a port from 1 to 65535', port)
  }
  const pid = await findListener(port)
  if (pid !== undefined) return pid
  throw UsageError.saying('monitor.port', `monitor: no process listens on port ${port}`, port)
}

async function commandOf(command: unknown): Promise<number> {
  const fine = command instanceof RegExp || (typeof command === 'string' && command !== '')
  if (!fine) throw new UsageError('monitor.command', 'a text or a regular expression', command)
  const pid = await findCommand(command)
  if (pid !== undefined) return pid
  const message = `monitor: no process has a command line like ${JSON.stringify(String(command))}`
  throw UsageError.saying('monitor.command', message, command)
}

function folderOf(cgroup: unknown): string {
  if (typeof cgroup === 'string' && cgroup.startsWith('/')) return cgroup.replace(/\/+$/, '')
  throw new UsageError('monitor.cgroup', "a folder like '/sys/fs/cgroup/system.slice'", cgroup)
}

function livingPid(pid: number, path: string): number {
  // 0 and negative numbers would mean a process group to the system.
  if (!Number.isInteger(pid) || pid < 1) throw new UsageError(path, 'the id of a process', pid)
  if (isAlive(pid)) return pid
  throw UsageError.saying(path, `monitor: there is no process with pid ${pid}`, pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
