import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

/** One process of the machine. */
export interface ProcessRow {
  readonly pid: number
  readonly parent: number
  readonly group: number
  /** Known on Linux only. */
  readonly session: number | undefined
  /** Ended, and not yet collected by its parent: it holds nothing and cannot be killed. */
  readonly zombie: boolean
}

/** Every process that this user may see. Linux reads `/proc`, others run `ps` once. */
export async function processTable(): Promise<readonly ProcessRow[]> {
  if (process.platform === 'linux') return linuxTable()
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat='])
  return parsePs(stdout)
}

/** The same for Linux, at once: the last moments of a process have no time to wait. */
export function linuxTable(): readonly ProcessRow[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(readStat).filter((row) => row !== undefined)
}

/** `/proc/<pid>/stat`: `pid (name) state ppid pgrp session …`; the name may hold blanks and brackets. */
export function parseStat(text: string): ProcessRow | undefined {
  const [state, parent, group, session] = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const pid = Number.parseInt(text, 10)
  if (Number.isNaN(pid) || session === undefined) return undefined
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    zombie: state === 'Z' || state === 'X',
  }
}

/** `ps -A -o pid=,ppid=,pgid=,stat=`: a line for each process. */
export function parsePs(text: string): readonly ProcessRow[] {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/))
  return lines.flatMap(([pid, parent, group, state]) => {
    if (state === undefined) return []
    const ids = { pid: Number(pid), parent: Number(parent), group: Number(group) }
    return [{ ...ids, session: undefined, zombie: state.startsWith('Z') }]
  })
}

function readStat(pid: string): ProcessRow | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return undefined // ended between the listing and the reading
  }
}
