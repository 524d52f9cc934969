import { keepHigher } from '../monitors/bounded-series.ts'
import type { LevelSummary, MemorySummary, ServerSummary } from '../monitors/monitor.ts'
import {
  flatten,
  fromMemoryRecord,
  points,
  toMemoryRecord,
  type FlatSeries,
  type MemoryRecord,
} from './watch-record.ts'

/** A figure over time as the run file keeps it. */
interface LevelRecord {
  readonly samples: number
  readonly start?: number | undefined
  readonly end?: number | undefined
  readonly peak?: number | undefined
  readonly min?: number | undefined
  readonly series: FlatSeries
}

/** The processes of a service as the run file keeps them; what has no sample is absent. */
export interface ServerRecord {
  readonly pss?: MemoryRecord | undefined
  readonly heap?: MemoryRecord | undefined
  readonly descriptors?: LevelRecord | undefined
  readonly threads?: LevelRecord | undefined
  /** Of event loops. */
  readonly delay?: LevelRecord | undefined
  readonly busy?: LevelRecord | undefined
}

/** Nothing where nothing is known. */
export function toServerRecord(server: ServerSummary): ServerRecord | undefined {
  const { pss, heap, descriptors, threads, loop } = server
  const record = {
    pss: toMemory(pss),
    heap: toMemory(heap),
    descriptors: toLevel(descriptors),
    threads: toLevel(threads),
    delay: toLevel(loop.delay),
    busy: toLevel(loop.busy),
  }
  return Object.values(record).every((each) => each === undefined) ? undefined : record
}

/** `label` is that of the service's memory. */
export const fromServerRecord = (record: ServerRecord, label: string): ServerSummary => ({
  pss: fromMemory(record.pss, `${label} (PSS)`),
  heap: fromMemory(record.heap, `${label} (heap)`),
  descriptors: fromLevel(record.descriptors),
  threads: fromLevel(record.threads),
  loop: { delay: fromLevel(record.delay), busy: fromLevel(record.busy) },
})

const toMemory = (memory: MemorySummary): MemoryRecord | undefined =>
  memory.samples === 0 ? undefined : toMemoryRecord(memory)

const fromMemory = (record: MemoryRecord | undefined, label: string): MemorySummary =>
  fromMemoryRecord(record ?? { kind: 'memory', label, samples: 0, series: [] })

const toLevel = ({ series, ...figures }: LevelSummary): LevelRecord | undefined =>
  figures.samples === 0 ? undefined : { ...figures, series: flatten(series, keepHigher) }

const fromLevel = (record: LevelRecord = { samples: 0, series: [] }): LevelSummary => {
  const { series, ...figures } = record
  const none = { start: undefined, end: undefined, peak: undefined, min: undefined }
  return { ...none, ...figures, series: points(series) }
}
