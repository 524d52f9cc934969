import { closest, distance } from 'fastest-levenshtein'

/** The known name that the user most likely meant, or `undefined` when none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const within = known.find((candidate) => candidate.toLowerCase().includes(name.toLowerCase()))
  if (within !== undefined && name !== '') return within
  const candidate = closest(name, known)
  return distance(name, candidate) <= Math.max(2, Math.ceil(name.length / 3)) ? candidate : undefined
}

/** `known: a, b, c; did you mean b?` for the end of an error message. */
export function knownNames(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'none is known'
  const guess = nearest(name, known)
  const listed = known.slice(0, 12).map((each) => JSON.stringify(each)).join(', ')
  const more = known.length > 12 ? ` and ${known.length - 12} more` : ''
  const hint = guess === undefined ? '' : `; did you mean ${JSON.stringify(guess)}?`
  return `known: ${listed}${more}${hint}`
}
