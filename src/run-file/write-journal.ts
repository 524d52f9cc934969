import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Journal, LoadHead, LoadState, PhaseState } from '../load/journal.ts'
import type { Bytes } from '../units/units.ts'
import { shortError } from './error-record.ts'
import { JOURNAL, partFile, toLine, type JournalHead, type JournalTest } from './journal-lines.ts'
import { difference, type Patch } from './patch.ts'
import { plain } from './plain.ts'
import { VERSION } from './run-file.ts'

/** A part that is as large as this is ended, so that the main process can make less of it. */
const MOST_BYTES: Bytes = 2_000_000

interface Place {
  /** The folder of the partial run. */
  readonly folder: string
  /** Of this load: part of a file's name. */
  readonly name: string
  readonly test: JournalTest
  readonly partBytes?: Bytes
}

/**
 * The journal of one load on the disk: each second a line with what has changed since the last one that was
 * written whole. A disk that is full costs the journal a second or more, and the load nothing.
 */
export class JournalFile implements Journal {
  readonly #place: Place
  #file: number | undefined
  #part = 0
  #bytes: Bytes = 0
  #head: JournalHead | undefined
  /** What a reader of the file knows. */
  #written: LoadState | undefined

  constructor(place: Place) {
    this.#place = place
  }

  begin(load: LoadHead): void {
    this.#head = plain({ format: JOURNAL, version: VERSION, test: this.#place.test, load })
  }

  note(now: LoadState): void {
    const state = { ...now, phases: now.phases.map(withShortTexts) }
    if (this.#head !== undefined) {
      if (!this.#write(this.#head)) return
      this.#head = undefined
    }
    const patch = difference(this.#written, state)
    if (patch !== undefined && this.#write(patch)) this.#written = state
  }

  end(): void {
    const file = this.#file
    this.#file = undefined
    try {
      if (file !== undefined) closeSync(file)
    } catch {
      return
    }
  }

  /** Whether all of it is on the disk. */
  #write(value: JournalHead | Patch): boolean {
    const line = Buffer.from(toLine(value))
    try {
      this.#file ??= this.#open()
      const bytes = writeSync(this.#file, line)
      this.#bytes += bytes
      if (bytes < line.length) return false
    } catch {
      return false
    }
    if (this.#bytes > (this.#place.partBytes ?? MOST_BYTES)) this.#turn()
    return true
  }

  #open(): number {
    const { folder, name } = this.#place
    mkdirSync(folder, { recursive: true })
    return openSync(join(folder, partFile({ name, from: this.#part, to: this.#part })), 'a')
  }

  #turn(): void {
    this.end()
    this.#part++
    this.#bytes = 0
  }
}

const withShortTexts = (phase: PhaseState): PhaseState => ({
  ...phase,
  state: { ...phase.state, errors: phase.state.errors.map(shortError) },
})
