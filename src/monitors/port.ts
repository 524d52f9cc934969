import { execFile } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { UsageError } from '../errors/usage-error.ts'
import { processTable } from '../service/process-table.ts'
import { commandLines, shortened, soleRoot } from './command-line.ts'

/**
 * The pid that listens on a TCP port, or `undefined` when nothing does. Where several share the
 * socket (a cluster) it is the one that started the others.
 * Linux: `/proc/net/tcp` to the socket's inode to the process that holds it, 20 ms. macOS: `lsof`.
 * @throws UsageError elsewhere, for a listener that this user may not look into, and for several that
 * have nothing to do with each other.
 */
export async function findListener(port: number): Promise<number | undefined> {
  if (process.platform === 'linux') return await eldest(linuxListeners(port), port)
  if (process.platform === 'darwin') return await eldest(await lsofListeners(port), port)
  const why = `a process cannot be found by its port on ${process.platform}`
  throw UsageError.saying('monitor.port', `monitor: ${why}; give its pid`, port)
}

/** Inodes of the sockets that listen on `port`, from `/proc/net/tcp` or `tcp6`. */
export function listeningInodes(table: string, port: number): readonly string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0')
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/))
  return rows.flatMap(([, local, , state, , , , , , inode]) =>
    state === LISTEN && local?.endsWith(`:${hexPort}`) === true && inode !== undefined
      ? [inode]
      : [],
  )
}

/** TCP_LISTEN of the kernel's `include/net/tcp_states.h`. */
const LISTEN = '0A'

function linuxListeners(port: number): readonly number[] {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map(readOrNothing)
  const sockets = new Set(
    tables.flatMap((table) => listeningInodes(table, port)).map((inode) => `socket:[${inode}]`),
  )
  if (sockets.size === 0) return []
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const holders = pids.filter((pid) => holdsOne(pid, sockets)).map(Number)
  if (holders.length > 0) return holders
  const why = `the process on port ${port} belongs to another user or container`
  throw UsageError.saying('monitor.port', `monitor: ${why}; give its pid`, port)
}

function holdsOne(pid: string, sockets: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(linkOf(`/proc/${pid}/fd/${fd}`)))
  } catch {
    return false // another user's, or ended
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return '' // closed meanwhile
  }
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return '' // a kernel without IPv6
  }
}

/** lsof exits with 1 when there is none. */
function lsofListeners(port: number): Promise<readonly number[]> {
  return new Promise((resolve) => {
    execFile('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'], (_error, stdout) =>
      resolve(
        stdout
          .split('\n')
          .filter((line) => line !== '')
          .map(Number),
      ),
    )
  })
}

async function eldest(pids: readonly number[], port: number): Promise<number | undefined> {
  if (pids.length < 2) return pids[0]
  const [rows, lines] = await Promise.all([processTable(), commandLines()])
  return soleRoot(pids, rows, (roots) => {
    const all = roots.map((pid) => `${pid} (${shortened(lines(pid))})`).join(', ')
    const message = `monitor: several processes listen on port ${port}, and none of them started the others: ${all}. Give the pid of one of them, or of what started them`
    return UsageError.saying('monitor.port', message, port)
  })
}
