/** A reply that is a list; anything else is an empty one. */
export function listOf(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : []
}

/** A list as texts: numbers of Redis become text as well, what is missing `undefined`. */
export const textsOf = (reply: unknown): readonly (string | undefined)[] =>
  listOf(reply).map((each) =>
    typeof each === 'string' || typeof each === 'number' ? String(each) : undefined,
  )

/** `[key, value, key, value]` as Redis gives a hash. */
export function pairsOf(reply: unknown): readonly (readonly [string, string])[] {
  const texts = textsOf(reply)
  return Array.from({ length: texts.length / 2 }, (_, at) => [
    texts[2 * at] ?? '',
    texts[2 * at + 1] ?? '',
  ])
}
