import { closest, distance } from 'fastest-levenshtein'

/**
 * The known name that the user most likely meant, or `undefined` when none is near. A name that
 * holds the given one is near whatever its length; letter case never counts.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const meant = name.toLowerCase()
  if (meant.length < 2 || known.length === 0) return undefined
  const byLowerCase = new Map(known.map((each) => [each.toLowerCase(), each]))
  const lower = [...byLowerCase.keys()]
  const holding = lower.filter((each) => each.includes(meant))
  if (holding.length > 0) return byLowerCase.get(closest(meant, holding))
  const candidate = closest(meant, lower)
  return distance(meant, candidate) <= slips(meant) ? byLowerCase.get(candidate) : undefined
}

/** `known: "a", "b", "c"; did you mean "b"?` for the end of an error message. */
export function knownNames(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'none is known'
  const guess = nearest(name, known)
  // A thirteenth takes no more room than to say that there is one more.
  const most = known.length === 13 ? 13 : 12
  const listed = known.slice(0, most).map((each) => JSON.stringify(each))
  const more = known.length > most ? ` and ${known.length - most} more` : ''
  const hint = guess === undefined ? '' : `; did you mean ${JSON.stringify(guess)}?`
  return `known: ${listed.join(', ')}${more}${hint}`
}

/** Typing mistakes that a name of this length may hold: two letters swapped count as two. */
function slips(name: string): number {
  return name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3))
}
