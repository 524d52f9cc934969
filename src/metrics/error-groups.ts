import type { Ms } from '../units/units.ts'
import type { Failure } from './sample.ts'
import type { OutcomeKind } from './outcome.ts'

/** Failures that are alike but for ids, with the first of them in full. */
export interface ErrorGroup {
  readonly kind: Exclude<OutcomeKind, 'ok'>
  /** The operation, or the iteration, that failed. */
  readonly name: string
  /** The message of the group: ids, hex and numbers stripped. */
  readonly message: string
  readonly count: number
  readonly firstAt: Ms
  readonly lastAt: Ms
  readonly first: Failure
}

interface OpenGroup {
  readonly kind: ErrorGroup['kind']
  readonly name: string
  readonly message: string
  readonly firstAt: Ms
  readonly first: Failure
  count: number
  lastAt: Ms
}

/** Kinds of errors told apart in one run; what comes after is counted under `(others)`. */
const MOST_GROUPS = 200

/** Gathers failures into groups. Only the first of each is kept whole, so errors cost no memory. */
export class ErrorGroups {
  readonly #groups = new Map<string, OpenGroup>()

  /** Counts a failure; `describe` is called only for the first of its kind. */
  add(
    name: string,
    kind: ErrorGroup['kind'],
    message: string,
    at: Ms,
    describe: () => Failure,
  ): void {
    const normal = normalizeMessage(message)
    const key = this.#keyOf(keyOf(name, kind, normal), kind)
    const group = this.#groups.get(key)
    if (group !== undefined) {
      group.count++
      group.lastAt = at
      return
    }
    const others = key.startsWith('(others)')
    const head = { kind, name: others ? '(others)' : name, message: others ? '(others)' : normal }
    this.#groups.set(key, { ...head, firstAt: at, first: describe(), count: 1, lastAt: at })
  }

  /** Takes one failure back; a group that is left empty is gone. */
  remove(name: string, kind: ErrorGroup['kind'], message: string): void {
    const key = this.#keyOf(keyOf(name, kind, normalizeMessage(message)), kind)
    const group = this.#groups.get(key)
    if (group === undefined) return
    group.count--
    if (group.count === 0) this.#groups.delete(key)
  }

  /** The groups in the order in which they first came; stamps relative to `epoch`. */
  data(epoch: Ms): readonly ErrorGroup[] {
    return [...this.#groups.values()].map((group) => ({
      ...group,
      firstAt: group.firstAt - epoch,
      lastAt: group.lastAt - epoch,
    }))
  }

  #keyOf(key: string, kind: string): string {
    return this.#groups.size < MOST_GROUPS || this.#groups.has(key) ? key : `(others) ${kind}`
  }
}

const keyOf = (name: string, kind: string, normal: string): string => `${kind} ${name} ${normal}`

/** `sess_9f8a7b6c`, `chatcmpl-Ab12Cd34`: a word, and behind it letters with digits among them. */
const PREFIXED = /\b([a-z]{2,10}[_-])(?=[a-z]*\d)[0-9a-z]{6,}\b/gi

/**
 * A message without what differs between two errors of one kind: UUIDs, hex strings and numbers of
 * four digits and more (ports, ids, times). `user 48213 not found` is `user {} not found`; `code 1011` stays.
 */
export function normalizeMessage(message: string): string {
  return message
    .slice(0, 500)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, '{}')
    .replaceAll(PREFIXED, '$1{}')
    .replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b/gi, '{}')
    .replaceAll(/(?<!\bcode (?=\d{4}\b)|\d)\d{4,}/g, '{}')
}
