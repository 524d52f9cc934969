/**
 * What changed in JSON, as JSON. It runs in browsers, too.
 *
 * - `[0, value]` is the new value;
 * - `[1, { name: delta }, names]` is for an object: what changed under its names, and which names are gone;
 * - `[2, keep, { index: delta }, more]` is for a list: only the first `keep` stay, of which some changed, and more follow.
 */
export type Delta =
  | readonly [0, unknown]
  | readonly [1, Readonly<Record<string, Delta>>, readonly string[]]
  | readonly [2, number, Readonly<Record<string, Delta>>, readonly unknown[]]

/** What makes the second of the first; `undefined` when they are the same. */
export function deltaOf(before: unknown, now: unknown): Delta | undefined {
  if (before === now) return undefined
  if (Array.isArray(before) && Array.isArray(now)) return listDelta(before, now)
  if (isObject(before) && isObject(now)) return objectDelta(before, now)
  return [0, now]
}

/** The value after a change; what did not change is the very same object. */
export function applyDelta(value: unknown, delta: Delta): unknown {
  if (delta[0] === 0) return delta[1]
  if (delta[0] === 1) return changedObject(value, delta[1], delta[2])
  const [, keep, changes, more] = delta
  const list: unknown[] = Array.isArray(value) ? value.slice(0, keep) : []
  for (const [at, each] of Object.entries(changes))
    list[Number(at)] = applyDelta(list[Number(at)], each)
  return [...list, ...more]
}

function listDelta(before: readonly unknown[], now: readonly unknown[]): Delta | undefined {
  const keep = Math.min(before.length, now.length)
  const changes = changesOf(
    Array.from({ length: keep }, (_, at) => [String(at), before[at], now[at]] as const),
  )
  const count = Object.keys(changes).length
  if (count === 0 && before.length === now.length) return undefined
  // A list of figures that all changed is shorter as it is.
  if (count > keep / 2 && now.every((each) => !isObject(each))) return [0, now]
  return [2, keep, changes, now.slice(keep)]
}

function objectDelta(before: Fields, now: Fields): Delta | undefined {
  const names = Object.keys(now).filter((name) => now[name] !== undefined)
  const changes = changesOf(names.map((name) => [name, own(before, name), now[name]] as const))
  const gone = Object.keys(before).filter(
    (name) => before[name] !== undefined && own(now, name) === undefined,
  )
  if (Object.keys(changes).length === 0 && gone.length === 0) return undefined
  return [1, changes, gone]
}

const changesOf = (
  all: readonly (readonly [name: string, before: unknown, now: unknown])[],
): Readonly<Record<string, Delta>> =>
  Object.fromEntries(
    all.flatMap(([name, before, now]) => {
      const delta = deltaOf(before, now)
      return delta === undefined ? [] : [[name, delta] as const]
    }),
  )

function changedObject(
  value: unknown,
  changes: Readonly<Record<string, Delta>>,
  gone: readonly string[],
): unknown {
  const fields = new Map(Object.entries(isObject(value) ? value : {}))
  for (const name of gone) fields.delete(name)
  for (const [name, each] of Object.entries(changes))
    fields.set(name, applyDelta(fields.get(name), each))
  return Object.fromEntries(fields)
}

type Fields = Readonly<Record<string, unknown>>

/** Not what every object has from its prototype. */
const own = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
