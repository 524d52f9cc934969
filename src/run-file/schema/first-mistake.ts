import type { z } from 'zod'
import { show } from '../../errors/show.ts'

/** The first mistake of a file: where it is, what must be there, and what is. */
export function firstMistake({ issues }: z.ZodError, file: unknown): string {
  const [first] = issues
  if (first === undefined) return 'it does not fit its schema'
  const more = issues.length > 1 ? ` (and ${issues.length - 1} more)` : ''
  const value = first.path.reduce(valueAt, file)
  return `${placeOf(first.path)} must be ${expectedBy(first)}, got ${show(value)}${more}`
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '')

const valueAt = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined

function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return issue.values.map((value) => show(value)).join(' or ')
  if (issue.code === 'invalid_type') return TYPES[issue.expected] ?? issue.expected
  return issue.message
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}
