import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock } from '../clock/clock.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Bytes, Ms } from '../units/units.ts'
import type { Gone, Sample, Source } from './sample.ts'

/** Where the kernel has the figures of a control group. */
interface Files {
  readonly memory: string
  /** Page cache that it takes back when it needs the memory, which is no memory of the service. */
  readonly cache: RegExp
  readonly cpu: () => Ms | undefined
}

/**
 * The control group of a container, version 2 or 1: CPU, and memory as the kernel charges it, less the
 * page cache that is not in use; what `docker stats` and Kubernetes show.
 * @throws UsageError for a folder that is none
 */
export function cgroupSource(folder: string, clock: Clock): Source {
  const files = filesOf(folder)
  let before: { readonly at: Ms; readonly used: Ms } | undefined
  const look = async (): Promise<Sample | Gone> => {
    const at = clock.now()
    const charged = numberIn(join(folder, files.memory))
    if (charged === undefined) return { gone: 'cgroup removed', forGood: true }
    const cache = Number(files.cache.exec(textOf(join(folder, 'memory.stat')) ?? '')?.[1] ?? 0)
    const used = files.cpu()
    const span = before === undefined || used === undefined ? 0 : at - before.at
    const cpu =
      before === undefined || used === undefined || span <= 0
        ? undefined
        : (used - before.used) / span
    before = used === undefined ? before : { at, used }
    return { at, cpu, span, rss: Math.max(0, charged - cache), processes: 1, ...tasksOf(folder) }
  }
  return { label: `cgroup ${folder}`, pid: undefined, look }
}

function filesOf(folder: string): Files {
  if (existsSync(join(folder, 'memory.current'))) {
    return { memory: 'memory.current', cache: /^inactive_file (\d+)/m, cpu: () => usageOf(folder) }
  }
  if (existsSync(join(folder, 'memory.usage_in_bytes'))) {
    const account = join(folder.replace(/\/memory(?=\/|$)/, '/cpuacct'), 'cpuacct.usage')
    const cpu = (): Ms | undefined => inMs(numberIn(account), 1e6)
    return { memory: 'memory.usage_in_bytes', cache: /^total_inactive_file (\d+)/m, cpu }
  }
  const why = existsSync(folder)
    ? 'it has neither memory.current (version 2) nor memory.usage_in_bytes (version 1)'
    : 'there is no such folder'
  throw UsageError.saying(
    'monitor.cgroup',
    `monitor: ${folder} is no control group: ${why}. Linux has them under /sys/fs/cgroup; of a container, docker inspect and systemd-cgls tell which`,
    folder,
  )
}

/** CPU time of version 2, where `cpu.stat` has it with the controller or without. */
function usageOf(folder: string): Ms | undefined {
  const [, micros] = /^usage_usec (\d+)/m.exec(textOf(join(folder, 'cpu.stat')) ?? '') ?? []
  return inMs(micros === undefined ? undefined : Number(micros), 1_000)
}

const inMs = (value: number | undefined, perMs: number): Ms | undefined =>
  value === undefined ? undefined : value / perMs

/** The kernel counts threads here, whatever the file is called. */
function tasksOf(folder: string): { readonly threads?: number } {
  const threads = numberIn(join(folder, 'pids.current'))
  return threads === undefined ? {} : { threads }
}

function numberIn(path: string): Bytes | undefined {
  const text = textOf(path)
  return text === undefined ? undefined : Number.parseInt(text, 10)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return undefined
  }
}
