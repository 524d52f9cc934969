import { joinOperations } from '../metrics/join-operations.ts'
import type { OperationSummary } from '../metrics/summary.ts'
import { matchesName } from './check.ts'

/** What names or tags a limit is of: `GET /orders*`, `#read`, and what of it is left out. */
export interface Selection {
  readonly request: string
  readonly exclude?: readonly string[] | undefined
}

/** What a selection is made among. */
export interface Selectable {
  readonly name: string
  readonly tags: readonly string[]
}

/** The requests that a limit is of. One that is excluded by a name that did not occur is not missed. */
export function selected<T extends Selectable>(
  { request, exclude = [] }: Selection,
  among: readonly T[],
): readonly T[] {
  return among.filter(
    (each) => fits(request, each) && !exclude.some((pattern) => fits(pattern, each)),
  )
}

/** The requests that a limit is of as one; `undefined` when there is none. */
export function groupOf<T extends Selectable & OperationSummary>(
  selection: Selection,
  among: readonly T[],
): OperationSummary | undefined {
  const found = selected(selection, among)
  const [only] = found
  if (only === undefined) return undefined
  const { request } = selection
  return found.length === 1 && !isTag(request) ? only : joinOperations(request, found)
}

const fits = (pattern: string, { name, tags }: Selectable): boolean =>
  isTag(pattern) ? tags.includes(pattern.slice(1)) : matchesName(pattern, name)

export const isTag = (pattern: string): boolean => pattern.startsWith('#')

/** All tags that occur, in the order of their first request. */
export const tagsOf = (among: readonly Selectable[]): readonly string[] => [
  ...new Set(among.flatMap(({ tags }) => tags)),
]
