/**
 * Measures every side in turn, so many rounds; each second round runs backwards (A B, B A, …), so
 * that what drifts with the machine falls on all alike. Gives each side's results by round.
 */
export async function alternate<Name extends string, T>(
  sides: Readonly<Record<Name, () => Promise<T>>>,
  rounds: number,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(sides) as Name[]
  const results = {} as Record<Name, T[]>
  for (const name of names) results[name] = []
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      results[name].push(await sides[name]())
    }
  }
  return results
}
