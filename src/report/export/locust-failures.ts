import type { RunData } from '../../load/load-run.ts'
import type { Ms } from '../../units/units.ts'
import { cleanText } from '../clean-text.ts'
import { judgedSince } from '../judged-since.ts'
import { csvText } from './csv-text.ts'
import { splitName } from './locust-entry.ts'

const FAILURES = ['Method', 'Name', 'Error', 'Occurrences', 'First Seen', 'Last Seen']
const EXCEPTIONS = ['Count', 'Message', 'Traceback', 'Nodes']

/** What errors of the scenario itself are recorded under. */
const ITERATION = 'iteration'

/** Failed requests by kind, the commonest first. */
export function failuresCsv(run: RunData): string {
  const since = judgedSince(run)
  const groups = run.errors.filter(({ name }) => name !== ITERATION)
  return csvText(
    FAILURES,
    groups.map(({ name: full, message, count, firstAt, lastAt }) => {
      const { type, name } = splitName(full)
      return [type, name, cleanText(message), count, stamp(since + firstAt), stamp(since + lastAt)]
    }),
  )
}

/** Errors that a scenario threw, which no request had counted. */
export const exceptionsCsv = ({ errors }: RunData): string =>
  csvText(
    EXCEPTIONS,
    errors
      .filter(({ name }) => name === ITERATION)
      .map(({ count, message, first }) => [count, cleanText(message), tracebackOf(first), 'local']),
  )

const tracebackOf = ({ stack = '' }: { readonly stack?: string | undefined }): string =>
  stack
    .split('\n')
    .map((line) => cleanText(line))
    .join('\n')
    .trim()

/** `2026-01-31T09:05:07Z`: whole seconds, cut. */
const stamp = (at: Ms): string => `${new Date(at).toISOString().slice(0, 19)}Z`
