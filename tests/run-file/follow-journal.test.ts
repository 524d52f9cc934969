import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { JournalFollower } from '../../src/run-file/follow-journal.ts'
import { partsOf } from '../../src/run-file/journal-lines.ts'
import { mergeJournals } from '../../src/run-file/merge-journal.ts'
import { readJournal } from '../../src/run-file/read-journal.ts'
import type { Replay } from '../../src/run-file/replay.ts'
import { JournalFile } from '../../src/run-file/write-journal.ts'
import { HEAD, SampleLoad, TEST } from '../support/journal-samples.ts'

const folder = { path: '' }
beforeEach(() => {
  folder.path = mkdtempSync(join(tmpdir(), 'follow-'))
})
afterEach(() => rmSync(folder.path, { recursive: true, force: true }))

function begun(partBytes = 2_000_000): JournalFile {
  const journal = new JournalFile({ folder: folder.path, name: 'a', test: TEST, partBytes })
  journal.begin(HEAD)
  return journal
}

const parts = () => partsOf(readdirSync(folder.path)).get('a') ?? []
const look = (follower: JournalFollower): Promise<Replay | undefined> => follower.read(parts())
const whole = (replay: Replay | undefined) => replay?.run()?.run

describe('a journal that is being written is followed', () => {
  test('second by second, with the same figures as one that is read at the end', async () => {
    const [load, journal] = [new SampleLoad(), begun(5_000)]
    const follower = new JournalFollower(folder.path)
    expect(await look(follower)).toBeUndefined()
    const counts: number[] = []
    for (let second = 0; second < 20; second++) {
      journal.note(load.second(3, 10))
      counts.push(whole(await look(follower))?.whole.count ?? 0)
    }
    expect(counts).toEqual(Array.from({ length: 20 }, (_, at) => (at + 1) * 30))
    expect(parts().length).toBeGreaterThan(1)
    const read = await readJournal(folder.path, parts())
    expect(whole(await look(follower))).toEqual(read?.run)
  })

  test('also when parts that were read, or were not, became one', async () => {
    const [load, journal] = [new SampleLoad(), begun(2_000)]
    const follower = new JournalFollower(folder.path)
    for (let second = 0; second < 20; second++) {
      journal.note(load.second(3, 10))
      if (second === 7 || second === 15) await mergeJournals(folder.path)
      if (second % 5 === 0) await look(follower)
    }
    expect(whole(await look(follower))?.whole.count).toBe(600)
    await mergeJournals(folder.path)
    expect(whole(await look(follower))?.whole.count).toBe(600)
  })

  test('a line that is half written is waited for', async () => {
    const [load, journal] = [new SampleLoad(), begun()]
    for (let second = 0; second < 3; second++) journal.note(load.second(1, 10))
    const path = join(folder.path, 'a.0.jsonl')
    const text = readFileSync(path, 'utf8')
    const half = text.length - 40
    const follower = new JournalFollower(folder.path)
    writeFileSync(path, text.slice(0, half))
    expect(whole(await look(follower))?.whole.count).toBe(20)
    writeFileSync(path, text)
    expect(whole(await look(follower))?.whole.count).toBe(30)
  })

  test('what it says of the last seconds is of those alone', async () => {
    const [load, journal] = [new SampleLoad(), begun()]
    const follower = new JournalFollower(folder.path)
    for (let second = 0; second < 20; second++) journal.note(load.second(2, second < 15 ? 100 : 7))
    const { within, cells } = (await look(follower))?.recent(5_000) ?? { within: 0, cells: [] }
    expect(within).toBe(5_000)
    expect(cells.map(({ name, cell }) => [name, cell.ok + cell.failed])).toEqual([
      ['GET /0', 35],
      ['GET /1', 35],
    ])
  })
})

test('a load of hours takes no more room than one of minutes', async () => {
  const [load, journal] = [new SampleLoad(), begun()]
  const follower = new JournalFollower(folder.path)
  for (let second = 0; second < 1_000; second++) {
    journal.note(load.second(1, 3))
    if (second % 10 === 0) await look(follower)
  }
  const replay = await look(follower)
  const run = whole(replay)
  expect(run?.whole.count).toBe(3_000)
  const counts = run?.timeline.map(({ ok, failed }) => ok + failed) ?? []
  expect(counts.reduce((sum, each) => sum + each, 0)).toBe(3_000)
  expect(replay?.windows).toBeLessThan(700)
})
