import { relative } from 'node:path'
import { keepCopy, readIfThere, removeFile, writeWhole } from './baseline-files.ts'
import { baselinePath } from './baseline-path.ts'
import { renderBaselines, type Baseline, type Baselines } from './baseline-record.ts'
import { readBaselines } from './read-baselines.ts'

/** What may be written, as Vitest says it of snapshots: everything, what is new, nothing (in a CI). */
export type UpdateMode = 'all' | 'new' | 'none'

/** How a comparison ended, as Vitest counts snapshots. */
export type Outcome = 'added' | 'updated' | 'matched' | 'unmatched'

/** What became of the baselines of a test file. */
export interface StoreResult extends Readonly<Record<Outcome, number>> {
  readonly path: string
  /** Baselines that no test asked for: removed when everything may be written. */
  readonly unchecked: readonly string[]
  /** None was left, so the file is gone. */
  readonly deleted: boolean
  /** Where the file of before is that could not be read, and was replaced. */
  readonly kept?: string
}

interface Change {
  readonly outcome: Outcome
  /** Absent where nothing is to be written. */
  readonly baseline?: Baseline | undefined
}

/** The baselines of one test file, from its first comparison to its end, when what is new is written. */
export class BaselineStore {
  readonly path: string
  readonly mode: UpdateMode
  readonly #checked = new Set<string>()
  readonly #changes = new Map<string, Change>()
  readonly #counts = new Map<string, number>()
  /** The keys that a test has asked for in its attempt, by the test's id. */
  readonly #asked = new Map<string, { readonly title: string; readonly key: string }[]>()
  #read: { readonly baselines: Baselines; readonly broken: boolean } | undefined

  constructor(testFile: string, mode: UpdateMode) {
    this.path = baselinePath(testFile)
    this.mode = mode
  }

  /**
   * The baseline of this name, which counts as asked for.
   * @throws UsageError when the file cannot be read and may not be replaced
   */
  get(key: string): Baseline | undefined {
    this.#checked.add(key)
    return this.#changes.get(key)?.baseline ?? this.#baselines()[key]
  }

  /** Notes how a comparison ended, and what is to be written of it at the end. */
  note(key: string, outcome: Outcome, baseline?: Baseline): void {
    this.#changes.set(key, { outcome, baseline })
  }

  /** An attempt of a test begins: one that was made before is forgotten. */
  begin(id: string): void {
    for (const { title, key } of this.#asked.get(id) ?? []) {
      this.#changes.delete(key)
      this.#counts.set(title, (this.#counts.get(title) ?? 1) - 1)
    }
    this.#asked.delete(id)
  }

  /** The next key of a title, as of snapshots: `chat > 10 users 2`. Tests of one name share the count. */
  nextKey(id: string, title: string): string {
    const count = (this.#counts.get(title) ?? 0) + 1
    const key = `${title} ${count}`
    this.#counts.set(title, count)
    this.#asked.set(id, [...(this.#asked.get(id) ?? []), { title, key }])
    return key
  }

  /** The baselines of a test that did not come to its end are not obsolete. */
  spare(test: string): void {
    for (const key of Object.keys(this.#ifReadable())) if (isOf(test, key)) this.#checked.add(key)
  }

  /** Writes what changed. `undefined` when there was nothing to do with baselines. */
  finish(): StoreResult | undefined {
    const before = this.#ifReadable()
    const unchecked = Object.keys(before).filter((key) => !this.#checked.has(key))
    if (this.#changes.size === 0 && unchecked.length === 0) return undefined
    const gone = this.mode === 'all' ? unchecked : []
    const changed = [...this.#changes].filter(([, { baseline }]) => baseline !== undefined)
    const kept = this.#write(
      {
        ...before,
        ...Object.fromEntries(changed.map(([key, { baseline = {} }]) => [key, baseline])),
      },
      gone,
      changed.length > 0 || gone.length > 0,
    )
    const none = unchecked.length === Object.keys(before).length && changed.length === 0
    const count = (outcome: Outcome): number =>
      [...this.#changes.values()].filter((change) => change.outcome === outcome).length
    return {
      path: this.path,
      added: count('added'),
      updated: count('updated'),
      matched: count('matched'),
      unmatched: count('unmatched'),
      unchecked,
      deleted: this.mode === 'all' && none && unchecked.length > 0,
      ...(kept !== undefined && { kept }),
    }
  }

  #write(baselines: Baselines, gone: readonly string[], dirty: boolean): string | undefined {
    if (!dirty) return undefined
    const left = Object.entries(baselines).filter(([key]) => !gone.includes(key))
    if (left.length === 0) {
      removeFile(this.path)
      return undefined
    }
    const kept = this.#read?.broken === true ? keepCopy(this.path) : undefined
    writeWhole(this.path, renderBaselines(Object.fromEntries(left)))
    return kept
  }

  #baselines(): Baselines {
    this.#read ??= this.#readFile()
    return this.#read.baselines
  }

  #readFile(): { readonly baselines: Baselines; readonly broken: boolean } {
    const text = readIfThere(this.path)
    if (text === undefined) return { baselines: {}, broken: false }
    try {
      return { baselines: readBaselines(text, relative(process.cwd(), this.path)), broken: false }
    } catch (error) {
      if (this.mode !== 'all') throw error
      return { baselines: {}, broken: true }
    }
  }

  /** A file that cannot be read is told of where it is asked for, and is left alone otherwise. */
  #ifReadable(): Baselines {
    try {
      return this.#baselines()
    } catch {
      return {}
    }
  }
}

/** The keys of a test are its name, what the comparison is called, and a number. */
const isOf = (test: string, key: string): boolean =>
  key.startsWith(test) && /^(?: > .*)? \d+$/s.test(key.slice(test.length))
