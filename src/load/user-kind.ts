import type { DataSource } from '../data/data-source.ts'
import { toSource } from '../data/sources.ts'
import { Mistakes } from '../errors/mistakes.ts'
import { knownNames } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Random } from '../stats/random.ts'
import { toCount, toMs } from '../units/parse.ts'
import type { Ms } from '../units/units.ts'
import { leavesOf, type Steps } from './task-tree.ts'
import { toThinkTime, type DrawTime } from './think-time.ts'
import type { AnyUserOptions, UserDefinition } from './user-definition.ts'
import { toWeight, weightedPick, type Quota } from './weights.ts'

/** A kind of users, checked and ready to be run. */
export interface UserKind extends Pick<AnyUserOptions, 'onStart' | 'onStop'> {
  readonly name: string
  readonly quota: Quota
  readonly thinkTime: DrawTime | undefined
  readonly pacing: Ms | undefined
  readonly source: DataSource<unknown> | undefined
  /** What comes next: a task, or the steps of a sequence. */
  readonly pick: (random: Random) => Steps
}

const KNOWN = ['name', 'weight', 'fixedCount', 'thinkTime', 'pacing', 'data', 'onStart', 'onStop']

/** The kinds of users of a load. @throws UsageError with every mistake of all of them */
export function toKinds(definitions: readonly UserDefinition[]): readonly UserKind[] {
  const mistakes = new Mistakes()
  const kinds = definitions.flatMap((definition) => {
    const { name } = definition.options
    const path = typeof name === 'string' && name !== '' ? name : 'user'
    return mistakes.check<readonly UserKind[]>(() => [toKind(definition, path)], [])
  })
  const names = definitions.map(({ options }) => options.name)
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) {
    const message = `two kinds of users are called ${JSON.stringify(twice)}: name each differently`
    mistakes.add(UsageError.saying('defineUser', message, twice))
  }
  mistakes.throwAll('load users')
  return kinds
}

function toKind({ options, tasks }: UserDefinition, path: string): UserKind {
  const mistakes = new Mistakes()
  const { name, onStart, onStop } = options
  for (const key of Object.keys(options)) mistakes.check(() => known(key, path), undefined)
  mistakes.check(() => toName(name), '')
  if (options.thinkTime !== undefined && options.pacing !== undefined) {
    const message = `${path} has thinkTime and pacing: one says how long to wait, the other from when to when`
    mistakes.add(UsageError.saying(path, message))
  }
  const take = <In, Out>(input: In | undefined, parse: (input: In) => Out): Out | undefined =>
    input === undefined ? undefined : mistakes.check<Out | undefined>(() => parse(input), undefined)
  const kind = {
    name,
    quota: {
      weight: mistakes.check(() => toWeight(options.weight, `${path}.weight`), 1),
      fixedCount: take(options.fixedCount, (count) => toCount(count, `${path}.fixedCount`, 0)),
    },
    thinkTime: take(options.thinkTime, (time) => toThinkTime(time, `${path}.thinkTime`)),
    pacing: take(options.pacing, (time) => toMs(time, `${path}.pacing`)),
    source: take(options.data, (data) => toSource(data, `${path}.data`)),
    onStart,
    onStop,
    pick: weightedPick(mistakes.check(() => leavesOf(tasks, `${path}.tasks`), [])),
  }
  mistakes.throwAll(path)
  return kind
}

function toName(name: unknown): string {
  if (typeof name === 'string' && name !== '') return name
  throw new UsageError('defineUser({ name })', 'a name', name)
}

function known(key: string, path: string): void {
  if (KNOWN.includes(key)) return
  throw UsageError.saying(path, `${path}.${key} is not an option; ${knownNames(key, KNOWN)}`, key)
}
