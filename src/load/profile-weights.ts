import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { UserKind } from './user-kind.ts'

/** How often each kind of users is among those of a load, by name; 0 leaves a kind out. */
export type ProfileWeights = Readonly<Record<string, number>>

/** @throws UsageError for what are no weights */
export function checkWeights(input: unknown, path: string): void {
  if (input === undefined) return
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(path, "weights by name like { 'chat user': 3, reader: 0 }", input)
  }
  const mistakes = new Mistakes()
  for (const [name, weight] of Object.entries(input)) {
    const fine = typeof weight === 'number' && Number.isFinite(weight) && weight >= 0
    if (!fine)
      mistakes.add(new UsageError(`${path}[${JSON.stringify(name)}]`, 'a number from 0', weight))
  }
  mistakes.throwAll(path)
}

/**
 * The kinds with the weights of a profile, without those of weight 0. A kind that the profile does not
 * name keeps its own.
 * @throws UsageError for a name that no kind has, or when no kind is left
 */
export function weighKinds(
  kinds: readonly UserKind[],
  weights: ProfileWeights = {},
): readonly UserKind[] {
  const names = kinds.map(({ name }) => name)
  const mistakes = new Mistakes()
  for (const [name, weight] of Object.entries(weights)) {
    const path = `profile.weights[${JSON.stringify(name)}]`
    const kind = kinds.find((each) => each.name === name)
    if (kind === undefined) {
      const message = `${path} is the weight of no user of this load; ${knownNames(name, names)}`
      mistakes.add(UsageError.saying(path, message))
    } else if (kind.quota.fixedCount !== undefined && weight > 0) {
      const message = `${path} is the weight of a user with a fixedCount, which has none: leave it out, or 0 to leave the user out`
      mistakes.add(UsageError.saying(path, message))
    }
  }
  mistakes.throwAll('load users')
  const left = kinds.flatMap((kind) => weighed(kind, weights[kind.name]))
  if (left.length > 0) return left
  const message = `profile.weights leaves no user: each of ${names.map((name) => JSON.stringify(name)).join(', ')} has weight 0`
  throw UsageError.saying('profile.weights', message, weights)
}

function weighed(kind: UserKind, weight: number | undefined): readonly UserKind[] {
  if (weight === 0) return []
  if (weight === undefined || kind.quota.fixedCount !== undefined) return [kind]
  return [{ ...kind, quota: { ...kind.quota, weight } }]
}

/** @throws UsageError for a scenario under a profile whose weights are those of users */
export function refuseWeights(weights: ProfileWeights | undefined, name: string): void {
  if (weights === undefined) return
  const message = `the profile has weights for users, and ${name} was given one function: give it users, ${name}(profile(…), [defineUser({ name }, { … }), …])`
  throw UsageError.saying('profile.weights', message, weights)
}
