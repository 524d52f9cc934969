import { UsageError } from '../errors/usage-error.ts'

/** Words for a request; limits under `#word` are of all requests that have it. */
export type Tags = readonly string[]

/** @throws UsageError for anything but a list of words, without the `#` that limits put before them */
export function checkTags(tags: unknown, path: string): void {
  if (Array.isArray(tags) && tags.every(isTag)) return
  throw new UsageError(path, "a list of words like ['read', 'api'], without #", tags)
}

const isTag = (tag: unknown): boolean => typeof tag === 'string' && /^[^#*\s][^*\s]*$/.test(tag)

/** The tags of a client and those of its call. */
export const joinTags = (outer: Tags | undefined, own: Tags | undefined): Tags | undefined =>
  outer === undefined || own === undefined ? (own ?? outer) : [...outer, ...own]
