import type { OptionReader } from './option-reader.ts'
import { stagesHold } from './read-stages.ts'

/** What says how much load there is. */
export type LoadKind = 'users' | 'stages of users' | 'rate' | 'stages of rates' | 'steps'

type Remedies = Readonly<Record<string, string>>

/** The kind of load that options are of. What stages hold decides, else a rate, else users. */
export function kindOf({
  rate,
  stages,
  steps,
  ...others
}: Readonly<Record<string, unknown>>): LoadKind {
  if (steps !== undefined) return 'steps'
  if (stages !== undefined) {
    if (stagesHold(stages, 'rate')) return 'stages of rates'
    const ofUsers = stagesHold(stages, 'users') || others.startUsers !== undefined
    return ofUsers ? 'stages of users' : 'stages of rates'
  }
  return rate === undefined ? 'users' : 'rate'
}

const OF_OPEN = 'is of an open load: beside users leave it out, or say rate instead of users'
const OF_RATES = 'is of an open load: beside stages of users leave it out'
const OF_OPEN_STEPS = 'is of an open load: beside steps of users leave it out'
const CLIMBS = 'is said by the steps: leave it out'
const ENDED = 'ends a load of users: stages say themselves when the load ends, leave it out'
const PACED = "ends a closed load: with a rate say duration ('30s')"
const STAGED = 'ends a closed load: stages say themselves when the load ends, leave it out'

/** Options that are of another kind of load, and what says the same in this one. */
const MISPLACED: Readonly<Record<LoadKind, Remedies>> = {
  users: {
    startUsers: 'is where stages start from: beside users say rampUp, or leave it out',
    startRate: 'is where stages of rates start from: beside users say rampUp, or leave it out',
    maxUsers: 'bounds an open load: beside users leave it out, or say rate instead of users',
    preAllocated: OF_OPEN,
    arrivals: OF_OPEN,
  },
  'stages of users': {
    users: 'is one number and stages say several: leave one of them out',
    rate: 'is of an open load and stages of users are of a closed one: leave one of them out',
    duration: 'is said by each of the stages: leave it out',
    rampUp: 'is the first of the stages, from startUsers: leave it out',
    spawnRate: 'is said by the first of the stages, from startUsers: leave it out',
    rampDown: "is the last of the stages, { users: 0, duration: '10s' }: leave it out",
    iterations: ENDED,
    iterationsPerUser: ENDED,
    maxDuration: 'bounds a load of iterations: stages say themselves when the load ends',
    startRate: 'is of stages of rates: with stages of users say startUsers',
    maxUsers: 'bounds an open load: stages of users say themselves how many, leave it out',
    preAllocated: OF_RATES,
    arrivals: OF_RATES,
  },
  rate: {
    users: 'is of a closed load: with a rate say maxUsers, the most that may be busy at once',
    startUsers: 'is of a closed load with stages: with a rate leave it out',
    startRate: 'is where stages start from: with one rate say rampUp, or leave it out',
    spawnRate: 'is of a closed load: with a rate say rampUp, over which it climbs',
    iterations: PACED,
    iterationsPerUser: PACED,
  },
  'stages of rates': {
    users: 'is of a closed load: with stages of rates say maxUsers, the most that may be busy',
    rate: 'is one rate and stages are several: leave one of them out',
    duration: 'is said by each of the stages: leave it out',
    rampUp: 'is the first of the stages, from startRate: leave it out',
    spawnRate: 'is of a closed load: with stages of rates say startRate, or leave it out',
    rampDown: "is the last of the stages, { rate: 0, duration: '10s' }: leave it out",
    iterations: STAGED,
    iterationsPerUser: STAGED,
    maxDuration: 'bounds a closed load of iterations: with stages leave it out',
    startUsers: 'is of stages of users: with stages of rates say startRate',
  },
  steps: {
    users: 'is one number and steps say several: leave one of them out',
    rate: 'is of an open load and steps of users are of a closed one: leave one of them out',
    stages: 'are climbed to their end, steps until the limits break: leave one of them out',
    duration: CLIMBS,
    rampUp: CLIMBS,
    spawnRate: CLIMBS,
    rampDown: CLIMBS,
    startUsers: 'is from of the steps: leave it out',
    iterations: CLIMBS,
    iterationsPerUser: CLIMBS,
    maxDuration: CLIMBS,
    warmUp: 'has no place before steps, each of which is judged: leave it out',
    judge: 'is said by the steps, each of which is judged: leave it out',
    repeats: 'has no place beside steps, which end when their limits break: leave it out',
    startRate: OF_OPEN_STEPS,
    maxUsers: OF_OPEN_STEPS,
    preAllocated: OF_OPEN_STEPS,
    arrivals: OF_OPEN_STEPS,
  },
}

/** All that says how much load there is: each is misplaced in some kind, but for stages. */
const NAMES = new Set([
  'users',
  'rate',
  'stages',
  'steps',
  ...Object.values(MISPLACED).flatMap(Object.keys),
])

/** Refuses options that nobody knows, and those that are of another kind of load. */
export function refuseMisplaced(reader: OptionReader, kind: LoadKind): void {
  reader.known([...NAMES])
  for (const [name, remedy] of Object.entries(MISPLACED[kind])) {
    if (reader.has(name)) reader.refuse(name, remedy)
  }
}
