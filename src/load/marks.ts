import type { Ms } from '../units/units.ts'
import type { LoadControl } from './load-control.ts'
import type { RunData } from './load-run.ts'
import type { Mark } from './run-parts.ts'
import type { Steered } from './steering.ts'

/** What was done to the service since the load began, and to the load, on the run's clock. */
export function marksOf(
  faults: readonly { readonly at: Ms; readonly text: string }[],
  steered: readonly Steered[],
  { startedAt, phases }: LoadControl,
): Pick<RunData, 'marks'> {
  const toMark = (at: Ms, kind: Mark['kind'], text: string): Mark => ({
    at: at - phases.judgedFrom,
    kind,
    text,
  })
  const marks = [
    ...faults.filter(({ at }) => at >= startedAt).map(({ at, text }) => toMark(at, 'fault', text)),
    ...steered.map(({ at, text }) => toMark(startedAt + at, 'steered', text)),
  ].toSorted((left, right) => left.at - right.at)
  return marks.length === 0 ? {} : { marks }
}
