import type { RunData } from '../load/load-run.ts'
import type { ClosedShape } from '../load/load-shape.ts'
import { formatMs, formatNumber } from '../units/format.ts'
import { counted } from './figures.ts'

/** More numbers than this are not read one by one. */
const MOST_NUMBERS = 5

/** `100 users`, `20 users, 5 iterations each`, or what stages went through: `0→50→0 users`. */
export function usersOf({ users, iterationsPerUser, stages }: ClosedShape): string {
  if (stages !== undefined) return stagesOf(stages)
  if (iterationsPerUser === undefined) return counted(users, 'user')
  return `${counted(users, 'user')}, ${counted(iterationsPerUser, 'iteration')} each`
}

function stagesOf(stages: NonNullable<ClosedShape['stages']>): string {
  const all = [stages[0]?.from ?? 0, ...stages.map(({ to }) => to)]
  const course = all.filter((users, at) => users !== all[at - 1])
  if (course.length <= MOST_NUMBERS) return `${course.map(formatNumber).join('→')} users`
  const [least, most] = [Math.min(...course), Math.max(...course)]
  return `${formatNumber(least)}–${formatNumber(most)} users in ${counted(stages.length, 'stage')}`
}

/** The judged time, and whether there were ramps in it. */
export function judgedOf({ duration, shape, repeats = [] }: RunData): string {
  const { rampUp, warmUp, rampDown = 0, judge } = shape
  const all = judge === 'all' && rampUp + warmUp + rampDown > 0
  const times = repeats.length > 1 ? ` in ${repeats.length} runs` : ''
  return `${formatMs(duration)}${times}${all ? ', ramps judged too' : ''}`
}
