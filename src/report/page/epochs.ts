import type { RunData } from '../../load/load-run.ts'
import type { PhaseSummary } from '../../load/run-parts.ts'
import type { Window } from '../../metrics/timeline.ts'
import type { Ms } from '../../units/units.ts'
import type { Band } from './charted.ts'

/**
 * The clock of charts is 0 at the start of the load, that of a run at the start of its judged time. This is
 * when the judged time began.
 */
export const judgedFrom = ({ phases }: Pick<RunData, 'phases'>): Ms =>
  phases.filter(isBefore).reduce((sum, { summary }) => sum + summary.duration, 0)

const isBefore = ({ name }: PhaseSummary): boolean => name === 'ramp-up' || name === 'warm-up'

/** A phase, or the judged time. */
interface Stretch {
  readonly name: PhaseSummary['name'] | 'judged'
  readonly from: Ms
  readonly summary: Pick<RunData, 'timeline' | 'duration'>
}

function stretchesOf(run: RunData): readonly Stretch[] {
  const before = run.phases.filter(isBefore)
  const after = run.phases.filter((phase) => !isBefore(phase))
  let from = 0
  return [...before, { name: 'judged', summary: run } as const, ...after].map((each) => {
    const stretch = { ...each, from }
    from += each.summary.duration
    return stretch
  })
}

/** A window of a load on the clock of charts. */
export interface Epoch {
  readonly at: Ms
  readonly width: Ms
  /** How much of it lies in its phase. What ends later counts among latencies; a rate is of this time. */
  readonly within: Ms
  readonly window: Window
  /** Its place among those of the judged time, if it is one of them. */
  readonly judged?: number | undefined
}

/**
 * The windows of all phases, one after the other. What ended after the phase that it began in stands
 * behind the last one only: elsewhere it would lie over the next phase.
 */
export function epochsOf(run: RunData): readonly Epoch[] {
  const stretches = stretchesOf(run).filter(({ name }) => name !== 'graceful stop')
  return stretches.flatMap(({ name, from, summary: { timeline, duration } }, index) => {
    const last = index === stretches.length - 1
    return timeline.flatMap((window, at): Epoch[] => {
      const within = Math.max(0, Math.min(window.width, duration - window.at))
      if (within === 0 && !last) return []
      const width = within === 0 ? window.width : within
      const judged = name === 'judged' ? at : undefined
      return [{ at: from + window.at, width, within, window, judged }]
    })
  })
}

/** Phases, or the steps of a load that climbs; none where there is but the judged time. */
export function bandsOf(run: RunData): readonly Band[] {
  if (run.steps !== undefined) {
    return run.steps.map(({ users, from, duration }) => band(String(users), from, duration))
  }
  const bands = stretchesOf(run).map(({ name, from, summary }) =>
    band(name, from, summary.duration),
  )
  return bands.length === 1 ? [] : bands
}

const band = (name: string, from: Ms, duration: Ms): Band => ({
  name,
  from: Math.round(from),
  to: Math.round(from + duration),
})
