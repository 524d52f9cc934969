import type { TestEntry } from '../run-file/run-file.ts'
import { cleanText } from './clean-text.ts'
import { fit } from './display-width.ts'

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
  if (whole.length <= columns) return [whole]
  const { start, name } = partsOf(test)
  let kept = name
  while (kept.length > 8 && quoted(pattern(kept)).length > columns - '  -t '.length) {
    kept = fit(kept, kept.length - 1).replace(/…$/, '')
  }
  return [`${start} \\`, `  -t ${quoted(pattern(kept.trim()))}`]
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

const pattern = (name: string): string => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

const quoted = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
