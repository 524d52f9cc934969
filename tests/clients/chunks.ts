/** Bytes in pieces, cut at the given places; those outside are left out. */
export function cutAt(whole: Buffer, places: readonly number[]): Buffer[] {
  const inside = places.filter((place) => place > 0 && place < whole.length)
  const edges = [0, ...new Set(inside.toSorted((a, b) => a - b)), whole.length]
  return edges.slice(1).map((end, at) => whole.subarray(edges[at], end))
}
