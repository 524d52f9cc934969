import { readdirSync, readFileSync, statSync } from 'node:fs'
import { endianness } from 'node:os'
import type { Bytes, Ms } from '../units/units.ts'
import type { ProcessUsage } from './process-usage.ts'

/** Units of the kernel. */
export interface KernelUnits {
  readonly page: Bytes
  /** How long one of its ticks is. */
  readonly tick: Ms
}

const AT_PAGESZ = 6n
const AT_CLKTCK = 17n

/**
 * What the kernel told this process of its units when it started it: `getconf` without a process.
 * @see getauxval(3)
 */
export function kernelUnits(): KernelUnits {
  const entries = auxiliaryVector(readFileSync('/proc/self/auxv'))
  const of = (type: bigint, usual: number): number => Number(entries.get(type) ?? usual)
  return { page: of(AT_PAGESZ, 4_096), tick: 1_000 / of(AT_CLKTCK, 100) }
}

function auxiliaryVector(bytes: Buffer): ReadonlyMap<bigint, bigint> {
  const word = ['arm', 'ia32', 'mips', 'mipsel'].includes(process.arch) ? 4 : 8
  const read = (at: number): bigint => {
    const little = endianness() === 'LE'
    if (word === 4) return BigInt(little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
    return little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at)
  }
  const entries = new Map<bigint, bigint>()
  for (let at = 0; at + 2 * word <= bytes.length; at += 2 * word)
    entries.set(read(at), read(at + word))
  return entries
}

/** How long the machine runs, which is what the births of processes count from. */
export const uptime = (): Ms => Number.parseFloat(readFileSync('/proc/uptime', 'latin1')) * 1_000

/** One process; `undefined` when it has ended, zombies included. One read, some 20 µs. */
export function linuxUsage(pid: number, units: KernelUnits, now: Ms): ProcessUsage | undefined {
  const text = textOf(`/proc/${pid}/stat`)
  if (text === undefined) return undefined
  const usage = parseUsage(text, units, now)
  if (usage === undefined) return undefined
  const descriptors = descriptorsOf(pid)
  return descriptors === 'refused' ? { ...usage, refused: true } : { ...usage, descriptors }
}

/** The fields of proc_pid_stat(5); the name in brackets may hold blanks and brackets. */
export function parseUsage(
  text: string,
  { page, tick }: KernelUnits,
  now: Ms,
): ProcessUsage | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const number = (field: number): number => Number(fields[field - 3])
  if (fields[0] === 'Z' || fields[0] === 'X' || fields.length < 22) return undefined
  const born = number(22) * tick
  return {
    pid: Number.parseInt(text, 10),
    rss: number(24) * page,
    used: (number(14) + number(15)) * tick,
    usedByEnded: (number(16) + number(17)) * tick,
    threads: number(20),
    born,
    age: Math.max(0, now - born),
  }
}

/** Their number is the size of the folder since Linux 6.2; before, they have to be listed. */
function descriptorsOf(pid: number): number | undefined | 'refused' {
  const folder = `/proc/${pid}/fd`
  try {
    const { size } = statSync(folder)
    return size > 0 ? size : readdirSync(folder).length
  } catch (error) {
    return isRefusal(error) ? 'refused' : undefined
  }
}

/** Whether the system refused to say, since the process is somebody else's. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM')

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return undefined // it ended between the listing and the reading
  }
}
