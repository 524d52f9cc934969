import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { UsageError } from '../errors/usage-error.ts'
import { processTable } from '../service/process-table.ts'
import type { ProcessRow } from '../service/process-table.ts'

/**
 * The process whose command line holds a text or matches an expression, or `undefined`. Where one of them
 * started the others it is that one. This process and those that started it do not count.
 * @throws UsageError for several that have nothing to do with each other, and on Windows
 */
export async function findCommand(pattern: RegExp | string): Promise<number | undefined> {
  if (process.platform === 'win32') {
    const why = 'a process cannot be found by its command line on Windows'
    throw UsageError.saying('monitor.command', `monitor: ${why}; give its pid`, pattern)
  }
  const [rows, lines] = await Promise.all([processTable(), commandLines()])
  const own = ancestorsOf(process.pid, rows)
  const found = rows.filter(({ pid, zombie }) => {
    return !zombie && !own.has(pid) && matches(lines(pid), pattern)
  })
  const pids = found.map(({ pid }) => pid)
  return soleRoot(pids, rows, (roots) => {
    const all = roots.map((pid) => `${pid} (${shortened(lines(pid))})`).join(', ')
    const message = `monitor: several processes match ${JSON.stringify(String(pattern))}: ${all}. Match one of them, or give its pid`
    return UsageError.saying('monitor.command', message, pattern)
  })
}

/** The one that all others descend from. @throws `ambiguous` when there is none */
export function soleRoot(
  pids: readonly number[],
  rows: readonly ProcessRow[],
  ambiguous: (roots: readonly number[]) => UsageError,
): number | undefined {
  const among = new Set(pids)
  const roots = pids.filter((pid) => {
    const above = ancestorsOf(pid, rows)
    above.delete(pid)
    return [...above].every((each) => !among.has(each))
  })
  if (roots.length > 1) throw ambiguous(roots.toSorted((left, right) => left - right))
  return roots[0]
}

/** A process and those that it descends from. */
function ancestorsOf(pid: number, rows: readonly ProcessRow[]): Set<number> {
  const parents = new Map(rows.map((row) => [row.pid, row.parent]))
  const above = new Set<number>()
  for (let each: number | undefined = pid; each !== undefined && each > 0 && !above.has(each);) {
    above.add(each)
    each = parents.get(each)
  }
  return above
}

/** Command lines by pid, `''` for one that has none or has ended. */
export async function commandLines(): Promise<(pid: number) => string> {
  if (process.platform === 'linux') return linuxCommandLine
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,args='], {
    maxBuffer: 64 * 1024 * 1024,
  })
  const all = stdout.split('\n').map((line) => /^\s*(\d+)\s+(.*)$/.exec(line))
  const byPid = new Map(all.map((match) => [Number(match?.[1]), match?.[2] ?? '']))
  return (pid) => byPid.get(pid) ?? ''
}

function linuxCommandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

function matches(line: string, pattern: RegExp | string): boolean {
  if (line === '') return false
  return typeof pattern === 'string' ? line.includes(pattern) : line.search(pattern) >= 0
}

/** Enough of it to know it by. */
export const shortened = (line: string): string =>
  line.length > 60 ? `${line.slice(0, 59)}…` : line
