import type { RunData } from '../load/load-run.ts'
import { keepHigher, meanOverTime } from '../monitors/bounded-series.ts'
import { CpuTrack } from '../monitors/cpu-track.ts'
import { LevelTrack } from '../monitors/level-track.ts'
import { MemoryTrack } from '../monitors/memory-track.ts'
import type {
  CpuSummary,
  LevelSummary,
  MemorySummary,
  MonitorSummary,
} from '../monitors/monitor.ts'
import type { Ms } from '../units/units.ts'
import { flatten, points, type FlatSeries } from './flat-series.ts'

type Flat<T> = {
  readonly [K in keyof T as undefined extends T[K] ? never : K]: K extends 'series'
    ? FlatSeries
    : T[K]
} & {
  readonly [K in keyof T as undefined extends T[K] ? K : never]?: T[K]
}

type MemoryRecord = Flat<MemorySummary>
type CpuRecord = Flat<CpuSummary>
type LevelRecord = Flat<LevelSummary>

/** What was watched, as the run file keeps it. What has no sample is absent, but for memory and CPU. */
export interface MonitorRecord {
  readonly label: string
  /** Since when, on the run's clock: the times of every series count from here. Absent from older files. */
  readonly from?: Ms | undefined
  readonly memory: MemoryRecord
  readonly cpu: CpuRecord
  readonly pss?: MemoryRecord | undefined
  readonly descriptors?: LevelRecord | undefined
  readonly threads?: LevelRecord | undefined
  /** Of its processes in Node; absent when they could not be inspected, as the two that follow. */
  readonly heap?: MemoryRecord | undefined
  /** How late its event loops were, and how busy. */
  readonly delay?: LevelRecord | undefined
  readonly busy?: LevelRecord | undefined
  /** What a probe said. */
  readonly values?: Readonly<Record<string, LevelRecord>> | undefined
}

/** What a test watched by itself; its times count from the wall clock. */
export interface TestMonitorRecord extends Omit<MonitorRecord, 'from'> {
  readonly startedAt: string
}

type Figures = Pick<MonitorSummary, 'memory' | 'cpu'> & Partial<MonitorSummary>

export function toMonitorRecord(figures: Figures): Omit<MonitorRecord, 'from'> {
  const { memory, cpu, pss, descriptors, threads, heap, loop, values = {} } = figures
  const named = Object.entries(values).map(([name, value]) => [name, toLevel(value)] as const)
  return {
    label: memory.label,
    memory: toLevel(memory),
    cpu: { ...cpu, series: flatten(cpu.series, meanOverTime) },
    pss: ifSeen(pss),
    descriptors: ifSeen(descriptors),
    threads: ifSeen(threads),
    heap: ifSeen(heap),
    delay: ifSeen(loop?.delay),
    busy: ifSeen(loop?.busy),
    values: named.length === 0 ? undefined : Object.fromEntries(named),
  }
}

/** `undefined` when there was nothing to watch. */
export function toServiceRecord({
  memory,
  cpu,
  watched,
  watchedFrom,
}: RunData): MonitorRecord | undefined {
  const known = seen(memory) || seen(cpu) || memory.problem !== undefined
  if (watchedFrom === undefined && !known) return undefined
  return { from: watchedFrom, ...toMonitorRecord({ memory, cpu, ...watched }) }
}

/** The service again as a run has it; without samples when nothing was watched. */
export function fromServiceRecord(
  record: MonitorRecord | undefined,
): Pick<RunData, 'memory' | 'cpu' | 'watched' | 'watchedFrom'> {
  if (record === undefined) return NOTHING
  const { from, memory, cpu, pss, descriptors, threads, heap, delay, busy } = record
  return {
    memory: fromMemory(memory),
    cpu: { mean: undefined, peak: undefined, ...cpu, series: points(cpu.series) },
    ...(from !== undefined && {
      watchedFrom: from,
      watched: {
        pss: pss === undefined ? NOTHING.memory : fromMemory(pss),
        descriptors: fromLevel(descriptors),
        threads: fromLevel(threads),
        heap: heap === undefined ? NOTHING.memory : fromMemory(heap),
        loop: { delay: fromLevel(delay), busy: fromLevel(busy) },
      },
    }),
  }
}

const label = 'the service'
const NO_LEVEL = new LevelTrack().figures()
/** What a run has that nothing was watched of. */
export const NOTHING = {
  memory: { kind: 'memory', label, ...new MemoryTrack().figures() },
  cpu: { kind: 'cpu', label, ...new CpuTrack().figures() },
} as const

const seen = (figures: { readonly samples: number }): boolean => figures.samples > 0

const toLevel = <T extends LevelSummary>({
  series,
  ...figures
}: T): Omit<T, 'series'> & { readonly series: FlatSeries } => ({
  ...figures,
  series: flatten(series, keepHigher),
})

const ifSeen = <T extends LevelSummary>(figures: T | undefined) =>
  figures !== undefined && seen(figures) ? toLevel(figures) : undefined

const fromMemory = (record: MemoryRecord): MemorySummary => ({
  ...UNKNOWN,
  growth: undefined,
  ...record,
  series: points(record.series),
})

const fromLevel = (record: LevelRecord | undefined): LevelSummary =>
  record === undefined ? NO_LEVEL : { ...UNKNOWN, ...record, series: points(record.series) }

const UNKNOWN = { start: undefined, end: undefined, peak: undefined, min: undefined }
