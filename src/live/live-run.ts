import { readdir } from 'node:fs/promises'
import { JournalFollower } from '../run-file/follow-journal.ts'
import { partsOf } from '../run-file/journal-lines.ts'
import type { JournalRun, Replay } from '../run-file/replay.ts'
import { toRunFile, type RunFile, type RunFileHead, type TestEntry } from '../run-file/run-file.ts'
import { withRuns } from '../run-file/with-journals.ts'

/** A load under way, as its journal has it. */
export interface LoadUnderWay extends JournalRun {
  readonly replay: Replay
}

/** All that is known of an invocation by now. */
export interface RunSoFar {
  /** Like the one that is written in the end. */
  readonly file: RunFile
  /** What of it is under way, the oldest first. */
  readonly loads: readonly LoadUnderWay[]
}

/**
 * An invocation that goes on: the tests that have ended, and the loads under way from the journals that test
 * processes write. Reading them costs those nothing.
 */
export class LiveRun {
  readonly #head: RunFileHead
  readonly #folder: string
  readonly #followers = new Map<string, JournalFollower>()
  #tests: readonly TestEntry[] = []
  #reading: Promise<RunSoFar> | undefined

  /** `folder`: of the partial run, where journals are. */
  constructor(head: RunFileHead, folder: string) {
    this.#head = head
    this.#folder = folder
  }

  get id(): string {
    return this.#head.id
  }

  /** What is known of the tests by now. One that has not changed stays the same object. */
  take(tests: readonly TestEntry[]): void {
    const before = new Map(this.#tests.map((test) => [keyOf(test), test]))
    this.#tests = tests.map((test) => {
      const known = before.get(keyOf(test))
      return known !== undefined && isSame(known, test) ? known : test
    })
  }

  /** Those who ask at the same time have the same answer. */
  read(): Promise<RunSoFar> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined
    })
    return this.#reading
  }

  async #read(): Promise<RunSoFar> {
    const all = partsOf(await readdir(this.#folder).catch(() => []))
    for (const name of this.#followers.keys()) if (!all.has(name)) this.#followers.delete(name)
    const loads: LoadUnderWay[] = []
    for (const [name, parts] of all) {
      const follower = this.#followers.get(name) ?? new JournalFollower(this.#folder)
      this.#followers.set(name, follower)
      // A test that ends meanwhile takes its journals away.
      const replay = await follower.read(parts).catch(() => undefined)
      const run = replay?.run()
      if (replay !== undefined && run !== undefined) loads.push({ ...run, replay })
    }
    const file = toRunFile(this.#head, withRuns(this.#tests, loads))
    return { file, loads: loads.filter(({ replay }) => !replay.ended).toSorted(byTime) }
  }
}

const byTime = ({ run: left }: LoadUnderWay, { run: right }: LoadUnderWay): number =>
  left.startedAt < right.startedAt ? -1 : 1

const keyOf = ({ file, name, project }: TestEntry): string => `${file}\n${name}\n${project}`

const isSame = (left: TestEntry, right: TestEntry): boolean =>
  left.state === right.state &&
  left.seconds === right.seconds &&
  left.record.runs.length === right.record.runs.length &&
  left.record.verdicts.length === right.record.verdicts.length
