import type { LoadHead } from '../load/journal.ts'
import type { Patch } from './patch.ts'

/** The test that a load belongs to. */
export interface JournalTest {
  /** From the root of the project, as in the run file. */
  readonly file: string
  readonly name: string
  readonly project: string
}

/** The first line of a load's journal. */
export interface JournalHead {
  readonly format: typeof JOURNAL
  readonly version: number
  readonly test: JournalTest
  readonly load: LoadHead
}

export const JOURNAL = 'vitest-perf journal'

/**
 * Each line stands by itself: the line feed comes first, so that one that was cut off (by a full disk)
 * spoils no other.
 */
export const toLine = (value: JournalHead | Patch): string => `\n${JSON.stringify(value)}`

/** The whole lines of a text. */
export const linesOf = (text: string): unknown[] =>
  text.split('\n').flatMap((line): unknown[] => {
    try {
      return line === '' ? [] : [JSON.parse(line)]
    } catch {
      return []
    }
  })

/**
 * A load's journal is in parts, of which only the last is written to. `<name>.0.jsonl` is the first, and
 * `<name>.0-3.jsonl` is those up to the fourth as one.
 */
export interface Part {
  readonly name: string
  readonly from: number
  readonly to: number
}

export const partFile = ({ name, from, to }: Part): string =>
  from === to ? `${name}.${from}.jsonl` : `${name}.${from}-${to}.jsonl`

/** `undefined` for another file. */
export function parsePart(file: string): Part | undefined {
  const [, name, from, to = from] = /^(.+)\.(\d+)(?:-(\d+))?\.jsonl$/.exec(file) ?? []
  return name === undefined ? undefined : { name, from: Number(from), to: Number(to) }
}

/** The parts of each load in their order, without those that lie within another one. */
export function partsOf(files: readonly string[]): ReadonlyMap<string, readonly Part[]> {
  const parts = files.map(parsePart).filter((part) => part !== undefined)
  const whole = parts.filter(
    (part) => !parts.some((other) => other !== part && covers(other, part)),
  )
  return Map.groupBy(
    whole.toSorted((left, right) => left.from - right.from),
    ({ name }) => name,
  )
}

const covers = (outer: Part, inner: Part): boolean =>
  outer.name === inner.name && outer.from <= inner.from && outer.to >= inner.to
