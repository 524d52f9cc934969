import type { HistogramData } from '../stats/histogram.ts'
import { packBuckets, unpackBuckets, type BucketSteps } from './bucket-steps.ts'
import { fileText } from './file-text.ts'
import { addPairs } from '../stats/pairs.ts'
import { plain } from './plain.ts'

/**
 * What changed in plain data, as JSON:
 *
 * - a text, number or boolean is the new value, and `null` is one that is gone;
 * - an object holds what changed under its names;
 * - `[1, count, sum, min, max, steps]` is added to a histogram;
 * - `[2, length, { index: patch }]` changes entries of a list of objects;
 * - `[3, list]` is a list of anything else, in full.
 */
export type Patch =
  | string
  | number
  | boolean
  | null
  | PatchList
  | { readonly [name: string]: Patch }

type PatchList =
  | readonly [1, number, number, number | null, number | null, BucketSteps]
  | readonly [2, number, Readonly<Record<string, Patch>>]
  | readonly [3, readonly unknown[]]

/** Buckets in what is added to a histogram: about 2 % wide for answers that spread over a factor of ten. */
const MOST_BUCKETS = 100

/** What makes the second of the first; `undefined` when they are the same. */
export function difference(before: unknown, now: unknown): Patch | undefined {
  if (before === now) return undefined
  if (isHistogram(now)) return added(before, now)
  if (Array.isArray(now)) return changedList(before, now)
  if (isFields(now)) return changedFields(before, now)
  if (typeof now === 'string') return fileText(now)
  if (typeof now === 'boolean') return now
  if (typeof now === 'number' && Number.isFinite(now)) return now
  return before === undefined ? undefined : null
}

/** The data after a change. */
export function patched(data: unknown, patch: Patch): unknown {
  if (patch === null) return undefined
  if (isList(patch)) return patchedList(data, patch)
  if (typeof patch !== 'object') return patch
  const fields = new Map(Object.entries(isFields(data) ? data : {}))
  for (const [name, each] of Object.entries(patch))
    fields.set(name, patched(fields.get(name), each))
  return Object.fromEntries([...fields].filter(([, value]) => value !== undefined))
}

/** Two changes as one. */
export function joined(first: Patch | undefined, second: Patch): Patch {
  if (isList(first) && isList(second)) return joinedLists(first, second)
  if (!isPatchFields(first) || !isPatchFields(second)) return second
  const fields = new Map<string, Patch>(Object.entries(first))
  for (const [name, each] of Object.entries(second))
    fields.set(name, joined(fields.get(name), each))
  return Object.fromEntries(fields)
}

function added(before: unknown, now: HistogramData): Patch | undefined {
  const known = isHistogram(before) ? before : undefined
  const [count, sum] = [now.count - (known?.count ?? 0), now.sum - (known?.sum ?? 0)]
  if (known !== undefined && count === 0 && sum === 0) return undefined
  const buckets = addPairs(now.buckets, known?.buckets ?? [], -1)
  const digits = Number(sum.toPrecision(9))
  return [1, count, digits, now.min ?? null, now.max ?? null, packBuckets(buckets, MOST_BUCKETS)]
}

function changedList(before: unknown, now: readonly unknown[]): Patch | undefined {
  const known: readonly unknown[] | undefined = Array.isArray(before) ? before : undefined
  if (!now.every(isFields)) return isSame(known, now) ? undefined : [3, plain(now)]
  const items = now.flatMap((each, at) => {
    const patch = difference(known?.[at], each)
    return patch === undefined ? [] : [[at, patch] as const]
  })
  if (items.length === 0 && known?.length === now.length) return undefined
  return [2, now.length, Object.fromEntries(items)]
}

function changedFields(before: unknown, now: Fields): Patch | undefined {
  const known: Fields | undefined = isFields(before) ? before : undefined
  const names = new Set([...Object.keys(known ?? {}), ...Object.keys(now)])
  const fields = [...names].flatMap((name) => {
    const patch = difference(own(known, name), own(now, name))
    return patch === undefined ? [] : [[name, patch] as const]
  })
  return fields.length === 0 && known !== undefined ? undefined : Object.fromEntries(fields)
}

function patchedList(data: unknown, patch: PatchList): unknown {
  if (patch[0] === 3) return patch[1]
  if (patch[0] === 2) {
    const list: unknown[] = Array.isArray(data) ? data.slice(0, patch[1]) : []
    for (const [at, each] of Object.entries(patch[2]))
      list[Number(at)] = patched(list[Number(at)], each)
    return list
  }
  const [, count, sum, min, max, steps] = patch
  const known = isHistogram(data) ? data : undefined
  return {
    count: (known?.count ?? 0) + count,
    sum: (known?.sum ?? 0) + sum,
    min: min ?? undefined,
    max: max ?? undefined,
    buckets: addPairs(known?.buckets ?? [], unpackBuckets(steps)),
  } satisfies HistogramData
}

function joinedLists(first: PatchList, second: PatchList): Patch {
  if (first[0] === 1 && second[0] === 1) {
    const buckets = addPairs(unpackBuckets(first[5]), unpackBuckets(second[5]))
    const [count, sum] = [first[1] + second[1], first[2] + second[2]]
    return [1, count, sum, second[3], second[4], packBuckets(buckets, MOST_BUCKETS)]
  }
  if (first[0] !== 2 || second[0] !== 2) return second
  const [, length, items] = second
  const kept = Object.entries(first[2]).filter(([at]) => Number(at) < length)
  const all = new Map<string, Patch>(kept)
  for (const [at, each] of Object.entries(items)) all.set(at, joined(all.get(at), each))
  return [2, length, Object.fromEntries(all)]
}

type Fields = Readonly<Record<string, unknown>>

/** Not what every object has from its prototype. */
const own = (fields: Fields | undefined, name: string): unknown =>
  fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isHistogram = (value: unknown): value is HistogramData =>
  isFields(value) && Array.isArray(value.buckets) && typeof value.sum === 'number'

const isList = (patch: Patch | undefined): patch is PatchList => Array.isArray(patch)

const isPatchFields = (patch: Patch | undefined): patch is Readonly<Record<string, Patch>> =>
  isFields(patch)

const isSame = (left: readonly unknown[] | undefined, right: readonly unknown[]): boolean =>
  left?.length === right.length && left.every((each, at) => each === right[at])
