import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Recorder } from '../../src/metrics/recorder.ts'
import { mergeJournals } from '../../src/run-file/merge-journal.ts'
import { JournalFile } from '../../src/run-file/write-journal.ts'
import type { Bytes, Ms } from '../../src/units/units.ts'

interface SoakOptions {
  readonly seconds: number
  /** Operations in all. */
  readonly samples: number
  readonly endpoints: number
  /** Where the journal is. */
  readonly folder: string
  /** How often memory is looked at. */
  readonly looks: number
  readonly heldBytes: () => Bytes
}

interface Soaked {
  /** What live objects held, at even distances. */
  readonly held: readonly Bytes[]
  /** The most that the journal took on the disk, as seen each half minute. */
  readonly journal: Bytes
  /** CPU of the journal in a second of the load, on average. */
  readonly cpu: Ms
  readonly recorder: Recorder
}

const MERGE_EVERY = 30

/**
 * What a generator keeps of a long load, with a clock of its own: the seconds pass as fast as they can be
 * recorded and journaled.
 */
export async function soak(options: SoakOptions): Promise<Soaked> {
  const { seconds, samples, endpoints, folder, looks, heldBytes } = options
  const recorder = new Recorder(0)
  const journal = new JournalFile({ folder, name: 'soak', test: TEST })
  journal.begin({ title: 'soak', shape: SHAPE, seed: 1, startedAt: '2026-01-01T00:00:00.000Z' })
  const held: Bytes[] = []
  let [most, cpu] = [0, 0]
  for (let second = 1; second <= seconds; second++) {
    const count =
      Math.round((samples * second) / seconds) - Math.round((samples * (second - 1)) / seconds)
    for (let call = 0; call < count; call++) record(recorder, (second - 1) * 1_000, call, endpoints)
    const before = process.cpuUsage()
    const now = second * 1_000
    const state = recorder.state(now)
    journal.note({
      elapsed: now,
      users: 100,
      phases: [{ name: 'steady', from: 0, to: now, state }],
    })
    const { user, system } = process.cpuUsage(before)
    cpu += (user + system) / 1_000
    if (second % MERGE_EVERY === 0) {
      most = Math.max(most, bytesIn(folder))
      await mergeJournals(folder)
    }
    if (second % Math.floor(seconds / looks) === 0) held.push(heldBytes())
  }
  journal.end()
  return { held, journal: most, cpu: cpu / seconds, recorder }
}

const TEST = { file: 'soak.perf.ts', name: 'soak', project: 'perf' }
const SHAPE = {
  model: 'closed',
  users: 100,
  rampUp: 0,
  warmUp: 0,
  duration: 0,
  iterations: 0,
} as const

/** Latencies from 5 to 60 ms and more; every hundredth call fails with an id of its own. */
function record(recorder: Recorder, from: Ms, call: number, endpoints: number): void {
  const spread = (call * 7_919 + from) % 10_007
  const took = 5 * Math.exp(spread / 4_000)
  const endedAt = from + (call % 1_000)
  const startedAt = endedAt - took
  const outcome = spread % 100 === 0 ? 'status' : 'ok'
  const sample = { outcome, startedAt, endedAt, firstByteAt: startedAt + took / 2 } as const
  const name = `GET /${call % endpoints}`
  recorder.series(name).record(sample)
  recorder.iteration(sample)
  recorder.metrics.timing('render', took)
  if (outcome === 'ok') return
  const message = `session ${from + call}99 is unknown`
  recorder.failure(name, 'status', message, endedAt, () => ({ kind: 'status', message }))
}

const bytesIn = (folder: string): Bytes =>
  readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
