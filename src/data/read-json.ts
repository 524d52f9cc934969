import { readFile } from 'node:fs/promises'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { JsonSource } from './data-source.ts'
import { unreadable, type FoundFile } from './find-file.ts'

/** All rows of a JSON file. @throws UsageError unless it holds one array with at least one row */
export async function readJson(
  file: FoundFile,
  { columns = [] }: Pick<JsonSource, 'columns'>,
): Promise<readonly unknown[]> {
  const { label } = file
  const text = await readFile(file.path, 'utf8').catch((error: unknown) => {
    throw unreadable(file, error)
  })
  const found = parse(text, label)
  if (!isArray(found)) {
    const got =
      found === null ? 'null' : `${typeof found === 'object' ? 'an' : 'a'} ${typeof found}`
    const expected = 'one array of rows, like [{ "user": "ann" }]'
    throw UsageError.saying(label, `${label} must be ${expected}, got ${got}`)
  }
  if (found.length === 0) throw UsageError.saying(label, `${label} has no rows`)
  for (const [index, row] of found.entries()) {
    const missing = columns.find((column) => !has(row, column))
    if (missing === undefined) continue
    const message = `${label} has no "${missing}" in its row ${index + 1}; ${namesOf(row, missing)}`
    throw UsageError.saying(label, message)
  }
  return found
}

function parse(text: string, label: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const { message } = error as SyntaxError
    const [place, line] = / in JSON at position \d+ \(line (\d+) column \d+\)/.exec(message) ?? []
    const at = line === undefined ? label : `${label}:${line}`
    // Some messages quote the text; the secrets in it are not for a log.
    const why = message.replace(place ?? '', '').replace(/, (?:\.\.\.)?".*$/s, '')
    throw UsageError.saying(label, `${at} cannot be read as JSON: ${why}`)
  }
}

function isArray(found: unknown): found is readonly unknown[] {
  return Array.isArray(found)
}

function has(row: unknown, column: string): boolean {
  return typeof row === 'object' && row !== null && Object.hasOwn(row, column)
}

function namesOf(row: unknown, wanted: string): string {
  if (typeof row !== 'object' || row === null) return 'the row is no object'
  return knownNames(wanted, Object.keys(row))
}
