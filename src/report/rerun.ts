import type { TestEntry } from '../run-file/run-file.ts'
import { cleanText } from './clean-text.ts'
import { displayWidth } from './display-width.ts'

/** The command that runs a test again, in a shell of POSIX; the name is a regular expression to Vitest. */
export const rerunOf = (test: TestEntry): string => {
  const { start, name } = partsOf(test)
  return `${start} -t ${quoted(pattern(name))}`
}

/**
 * The same on lines of at most so many columns, to be copied as they stand. Of a name that is too long
 * the start is left: Vitest takes it for every test whose name has it.
 */
export function rerunLines(test: TestEntry, columns: number): readonly string[] {
  const whole = rerunOf(test)
  if (displayWidth(whole) <= columns) return [whole]
  const { start, name } = partsOf(test)
  // Half a command is worse than none.
  if (displayWidth(start) + 2 > columns) return []
  const room = columns - '  -t '.length
  const characters = Array.from(name)
  // One character after the other: what a text takes between quotes is not its width.
  while (characters.length > LEAST && displayWidth(quoted(pattern(characters.join('')))) > room) {
    characters.pop()
  }
  const kept = characters.join('').trim()
  return [`${start} \\`, `  -t ${quoted(pattern(kept))}`]
}

function partsOf({ file, name, record }: TestEntry): {
  readonly start: string
  readonly name: string
} {
  const seed = record.runs[0]?.seed
  const known = seed === undefined ? '' : `PERF_SEED=${seed} `
  return {
    start: `${known}npx vitest run ${quoted(cleanText(file))}`,
    name: cleanText(name.replaceAll(' > ', ' ')),
  }
}

/** A shorter start of a name would be that of many tests. */
const LEAST = 8

const pattern = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
