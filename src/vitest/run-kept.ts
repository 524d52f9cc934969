import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  PARTIAL,
  SO_FAR,
  toRunFile,
  type RunFileHead,
  type TestEntry,
} from '../run-file/run-file.ts'
import { writeRunFile } from '../run-file/write-run-file.ts'

/** Ticks between two looks at what journals take. */
const TICKS = 30

/**
 * What is on the disk of a run that goes on, for a reader and for the day that its processes are killed:
 * the tests that have ended, and beside them the journals of the loads, which test processes write.
 * A disk that refuses is told of when the run file is written.
 */
export class RunKept {
  readonly folder: string
  readonly #head: RunFileHead
  #begun = false
  #ticks = 0

  /** `results`: the folder of all runs. */
  constructor(results: string, head: RunFileHead) {
    this.folder = join(results, `${head.id}${PARTIAL}`)
    this.#head = head
  }

  /** Before any test: a journal may be there before anybody is told that its test has begun. */
  open(): void {
    this.#write([])
  }

  /** A test begins. */
  begin(tests: readonly TestEntry[]): void {
    if (this.#begun) return
    this.#begun = true
    this.#write(tests)
  }

  /** A test has sent its record: its journals have nothing more to say. */
  ended(id: string, tests: readonly TestEntry[]): void {
    if (!this.#write(tests)) return
    try {
      const files = readdirSync(this.folder).filter((file) => file.startsWith(`${id}.`))
      for (const file of files) rmSync(join(this.folder, file), { force: true })
    } catch {
      return
    }
  }

  /** A second of a load is over. */
  async tick(): Promise<void> {
    if (++this.#ticks % TICKS !== 0) return
    const { mergeJournals } = await import('../run-file/merge-journal.ts')
    // A test that ends meanwhile takes its journals away.
    await mergeJournals(this.folder).catch(() => {})
  }

  /** The tests with the loads of those whose process died. */
  async complete(tests: readonly TestEntry[]): Promise<readonly TestEntry[]> {
    const { withJournals } = await import('../run-file/with-journals.ts')
    return withJournals(tests, this.folder)
  }

  remove(): void {
    try {
      rmSync(this.folder, { recursive: true, force: true })
    } catch {
      return
    }
  }

  #write(tests: readonly TestEntry[]): boolean {
    return 'path' in writeRunFile(join(this.folder, SO_FAR), toRunFile(this.#head, tests))
  }
}
