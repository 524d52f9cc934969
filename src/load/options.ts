import type { Timeouts } from '../clients/timeouts.ts'
import { UsageError } from '../errors/usage-error.ts'
import {
  planUsers,
  planUserStages,
  type ClosedLoadOptions,
  type ClosedPlan,
} from './closed-options.ts'
import { planOpen, type OpenLoadOptions, type OpenPlan } from './open-options.ts'
import { kindOf } from './misplaced-options.ts'
import { planSteps } from './steps-options.ts'
import { OptionReader } from './option-reader.ts'

/** A load: closed, of so many users, or open, of so many iterations that start in a second. */
export type LoadOptions = ClosedLoadOptions | OpenLoadOptions

/** The options in numbers. */
export type LoadPlan = ClosedPlan | OpenPlan

/** Every option checked; all mistakes come in one error. @throws UsageError */
export function planLoad(input: unknown, timeouts: Timeouts, path = 'load'): LoadPlan {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(`${path} options`, "an object like { users: 10, duration: '30s' }", input)
  }
  const reader = new OptionReader(input as Readonly<Record<string, unknown>>, path)
  const plan = planOf(reader, timeouts)
  reader.end()
  return plan
}

function planOf(reader: OptionReader, timeouts: Timeouts): LoadPlan {
  const kind = kindOf(reader.options)
  switch (kind) {
    case 'users':
      return planUsers(reader, timeouts)
    case 'stages of users':
      return planUserStages(reader, timeouts)
    case 'steps':
      return planSteps(reader, timeouts)
    case 'rate':
    case 'stages of rates':
      return planOpen(reader, timeouts)
    default:
      return kind satisfies never
  }
}
