import { UsageError } from '../errors/usage-error.ts'
import { findListener } from './port.ts'

/** What is watched: a pid, something that has one (the running service), or whoever listens on a port. */
export type MonitorTarget = number | { readonly pid: number } | { readonly port: number }

const EXPECTED = 'a pid, { pid } or { port }'

/** The pid of a target that exists now. @throws UsageError */
export async function pidOf(target: MonitorTarget): Promise<number> {
  if (typeof target === 'number') return livingPid(target, 'monitor')
  if (typeof target !== 'object' || target === null)
    throw new UsageError('monitor', EXPECTED, target)
  if ('pid' in target) return livingPid(target.pid, 'monitor.pid')
  if ('port' in target) return listenerOf(target.port)
  throw new UsageError('monitor', EXPECTED, target)
}

async function listenerOf(port: number): Promise<number> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new UsageError('monitor.port', 'a port from 1 to 65535', port)
  }
  const pid = await findListener(port)
  if (pid !== undefined) return pid
  throw UsageError.saying('monitor.port', `monitor: no process listens on port ${port}`, port)
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
