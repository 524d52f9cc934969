import type { Timeouts } from '../clients/timeouts.ts'
import { UsageError } from '../errors/usage-error.ts'
import { planClosed, type ClosedLoadOptions, type ClosedPlan } from './closed-options.ts'
import { isOpen, planOpen, type OpenLoadOptions, type OpenPlan } from './open-options.ts'
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
  const plan = isOpen(reader.options) ? planOpen(reader, timeouts) : planClosed(reader, timeouts)
  reader.end()
  return plan
}
