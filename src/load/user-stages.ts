import { toCount, toMs } from '../units/parse.ts'
import type { DurationInput } from '../units/units.ts'
import type { OptionReader } from './option-reader.ts'
import { readStages } from './read-stages.ts'
import { peakOfUsers, type UserStretch } from './user-schedule.ts'

/** The number of users goes evenly from that of the stage before to this one; in no time it is a step. */
export interface UserStage {
  readonly users: number
  readonly duration: DurationInput
}

/** Stages as stretches; their mistakes are left with the reader. */
export function toUserStages(reader: OptionReader): readonly UserStretch[] {
  const stages = readStages(reader, {
    names: ['users', 'duration'],
    example: "{ users: 50, duration: '10s' }",
    other: 'rate',
    read: ({ users, duration }, at) => ({
      users: toCount(users, `${at}.users`, 0),
      duration: toMs(duration, `${at}.duration`),
    }),
    // What stands for a mistake must not be one itself.
    fallback: { users: 1, duration: 1_000 },
  })
  let from = reader.count('startUsers', 0) ?? 0
  const stretches = stages.map(({ users: to, duration }): UserStretch => {
    const stretch = { from, to, duration }
    from = to
    return stretch
  })
  if (stages.length === 0) return stretches
  if (stages.every(({ duration }) => duration === 0)) {
    reader.refuse('stages', "take no time at all: give one of them a duration, like '10s'")
  } else if (peakOfUsers(stretches) === 0) {
    reader.refuse('stages', 'ask for no user at all: give one of them users')
  }
  return stretches
}
