import type { ErrorGroup } from '../metrics/error-groups.ts'
import type { Failure } from '../metrics/sample.ts'

/** Groups kept of one run; the rest is counted by kind under `(others)`. */
const MOST_GROUPS = 30

/** Groups of failures, the commonest first, with texts short enough for a file. */
export function toErrorRecords(groups: readonly ErrorGroup[]): readonly ErrorGroup[] {
  const rest = Map.groupBy(groups.slice(MOST_GROUPS), ({ kind }) => kind)
  return [...groups.slice(0, MOST_GROUPS), ...[...rest.values()].map(together)].map(shortError)
}

function together(groups: readonly ErrorGroup[]): ErrorGroup {
  const first = groups[0] as ErrorGroup
  return {
    ...first,
    name: '(others)',
    message: '(others)',
    count: groups.reduce((sum, group) => sum + group.count, 0),
    firstAt: Math.min(...groups.map((group) => group.firstAt)),
    lastAt: Math.max(...groups.map((group) => group.lastAt)),
  }
}

/** A group with texts that fit into a file. */
export function shortError(group: ErrorGroup): ErrorGroup {
  const { message, request, body, stack } = group.first
  const first: Failure = {
    ...group.first,
    message: cut(message, 500),
    request: request === undefined ? undefined : cut(request, 300),
    body: body === undefined ? undefined : cut(body, 500),
    stack: stack === undefined ? undefined : cut(stack, 1_000),
  }
  return { ...group, message: cut(group.message, 300), first }
}

/** Never between the two halves of a character. */
const cut = (text: string, most: number): string =>
  text.length <= most
    ? text
    : `${text
        .slice(0, most - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
