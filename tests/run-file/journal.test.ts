import {
  appendFileSync,
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { summarize, type OperationSummary } from '../../src/metrics/summary.ts'
import { partsOf } from '../../src/run-file/journal-lines.ts'
import { mergeJournals } from '../../src/run-file/merge-journal.ts'
import { readJournal } from '../../src/run-file/read-journal.ts'
import { fromRunRecord, type RunRecord } from '../../src/run-file/run-record.ts'
import { JournalFile } from '../../src/run-file/write-journal.ts'
import { HEAD, SampleLoad, TEST } from '../support/journal-samples.ts'

const folder = { path: '' }
beforeEach(() => {
  folder.path = mkdtempSync(join(tmpdir(), 'journal-'))
})
afterEach(() => rmSync(folder.path, { recursive: true, force: true }))

/** The journal of so many seconds of 3 endpoints, 100 calls of each in a second. */
function written(seconds: number, partBytes?: number): SampleLoad {
  const load = new SampleLoad()
  const journal = begun(partBytes)
  for (let second = 0; second < seconds; second++) journal.note(load.second(3, 100))
  journal.end()
  return load
}

function begun(partBytes = 2_000_000): JournalFile {
  const journal = new JournalFile({ folder: folder.path, name: 'a', test: TEST, partBytes })
  journal.begin(HEAD)
  return journal
}

const files = (): string[] => readdirSync(folder.path).toSorted()
const bytes = (): number =>
  files().reduce((sum, file) => sum + statSync(join(folder.path, file)).size, 0)

async function read(): Promise<RunRecord | undefined> {
  const parts = partsOf(files()).get('a')
  return parts && (await readJournal(folder.path, parts))?.run
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0)

describe('a load comes back from its journal', () => {
  test('with what was recorded until the last line', async () => {
    const { recorder } = written(20)
    const measured = summarize(recorder.data(20_000), 20_000)
    const record = await read()
    expect(record).toMatchObject({
      ...HEAD,
      shape: { model: 'closed', users: 10 },
      duration: 20_000,
      elapsed: 20_000,
      ending: 'interrupted',
      reason: 'its process ended before it did',
      partial: true,
      errors: measured.errors,
    })
    const run = fromRunRecord(record as RunRecord)
    const counts = ({ count, ok, failed, outcomes }: OperationSummary) => [
      count,
      ok,
      failed,
      outcomes,
    ]
    expect(counts(run)).toEqual(counts(measured))
    expect(run.requests.map(({ name }) => name)).toEqual(['GET /0', 'GET /1', 'GET /2'])
    expect(run.requests.map(counts)).toEqual(measured.requests.map(counts))
    for (const name of ['p50', 'p95', 'p99'] as const) {
      expect((run.latency[name] ?? 0) / (measured.latency[name] ?? NaN)).toBeCloseTo(1, 1)
      expect((run.ttfb[name] ?? 0) / (measured.ttfb[name] ?? NaN)).toBeCloseTo(1, 1)
    }
    expect(run.latency.max).toBe(measured.latency.max)
  })

  test('with its course, second by second', async () => {
    written(20)
    const record = await read()
    expect(record?.timeline.map(({ at, width, users }) => [at, width, users])).toEqual(
      Array.from({ length: 20 }, (_, at) => [at * 1_000, 1_000, 10]),
    )
    expect(record?.timeline.map(({ ok, failed }) => ok + failed)).toEqual(Array(20).fill(300))
    const [request] = record?.requests ?? []
    expect(sum(request?.course?.ok ?? [])).toBe(request?.ok)
  })

  test('with its end, when it had one before the process ended', async () => {
    const load = new SampleLoad()
    const journal = begun()
    journal.note(load.second(1, 10))
    journal.note({ ...load.state(), end: { ending: 'complete', elapsed: 1_200 } })
    journal.end()
    const record = await read()
    expect(record).toMatchObject({ ending: 'complete', elapsed: 1_200 })
    expect(record).not.toHaveProperty('partial')
  })
})

describe('whatever became of the file', () => {
  test('a last line that is cut off is left out', async () => {
    written(5)
    const path = join(folder.path, 'a.0.jsonl')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.slice(0, text.lastIndexOf('\n') + 40))
    expect((await read())?.elapsed).toBe(4_000)
  })

  test('a line that is cut off in the middle spoils no other', async () => {
    const load = new SampleLoad()
    const journal = begun()
    journal.note(load.second(1, 7))
    appendFileSync(join(folder.path, 'a.0.jsonl'), '\n{"elapsed":1500,"pha')
    journal.note(load.second(1, 7))
    journal.end()
    expect((await read())?.whole).toMatchObject({ count: 14, ok: 12, failed: 2 })
  })

  test('a disk that refuses costs only the time that it does', async () => {
    const load = new SampleLoad()
    rmSync(folder.path, { recursive: true })
    writeFileSync(folder.path, 'a file, where the folder should be')
    const journal = begun()
    journal.note(load.second(1, 7))
    rmSync(folder.path)
    journal.note(load.second(1, 7))
    journal.end()
    expect((await read())?.whole.count).toBe(14)
  })

  test.skipIf(process.platform !== 'linux')('a disk that is full is no mistake of the load', () => {
    symlinkSync('/dev/full', join(folder.path, 'a.0.jsonl'))
    expect(() => written(3)).not.toThrow()
  })

  test('a journal of which nothing can be read is none', async () => {
    writeFileSync(join(folder.path, 'a.0.jsonl'), '\n{"format":"vitest-perf jour')
    expect(await read()).toBeUndefined()
  })
})

describe('in parts', () => {
  test('it comes back just the same, and merged ones too', async () => {
    written(40)
    const whole = await read()
    rmSync(join(folder.path, 'a.0.jsonl'))
    written(40, 5_000)
    expect(files().length).toBeGreaterThan(3)
    const last = partsOf(files()).get('a')?.at(-1)?.to
    const inParts = await read()
    expect(inParts?.whole).toEqual(whole?.whole)
    await mergeJournals(folder.path)
    expect(files()).toEqual([`a.0-${(last ?? 0) - 1}.jsonl`, `a.${last}.jsonl`])
    const merged = await read()
    expect(merged?.whole).toEqual(whole?.whole)
    expect(merged?.timeline).toEqual(whole?.timeline)
  })

  test('what does not fit becomes coarser in time, and nothing is lost', async () => {
    const { recorder } = written(60, 8_000)
    const { count, failed, latency } = summarize(recorder.data(60_000), 60_000)
    const before = bytes()
    await mergeJournals(folder.path, 20_000)
    expect(bytes()).toBeLessThan(before / 2)
    const record = await read()
    expect(record?.whole).toMatchObject({ count, failed, latency: { count: latency.count } })
    expect(record?.timeline.length).toBeLessThan(40)
    expect(sum(record?.timeline.map(({ ok }) => ok) ?? [])).toBe(record?.whole.ok)
  })

  test('parts that a merge left behind are not counted twice', async () => {
    written(20, 3_000)
    const whole = await read()
    const first = join(folder.path, 'a.0.jsonl')
    copyFileSync(first, join(folder.path, 'kept'))
    await mergeJournals(folder.path)
    copyFileSync(join(folder.path, 'kept'), first)
    expect((await read())?.whole).toEqual(whole?.whole)
  })
})

test('however long a load is, its journal takes constant space', { timeout: 60_000 }, async () => {
  const most = 60_000
  const load = new SampleLoad()
  const journal = begun(12_000)
  const sizes: number[] = []
  for (let minute = 0; minute < 12; minute++) {
    for (let second = 0; second < 60; second++) journal.note(load.second(4, 2))
    await mergeJournals(folder.path, most)
    sizes.push(bytes())
  }
  journal.end()
  expect(Math.max(...sizes)).toBeLessThan(most)
  expect((await read())?.whole.count).toBe(12 * 60 * 8)
})
