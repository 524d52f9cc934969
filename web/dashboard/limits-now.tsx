import type { LiveVerdict } from '../../src/live/live-page.ts'
import { Mark } from '../parts/mark.tsx'

const STATUS = { pass: 'passed', fail: 'failed', inconclusive: 'unfinished' } as const
const URGENCY = { fail: 0, inconclusive: 1, pass: 2 } as const

/** How the limits stand, the missed ones first. */
export function LimitsNow({
  verdicts,
}: {
  readonly verdicts: readonly LiveVerdict[]
}): preact.JSX.Element | null {
  if (verdicts.length === 0) return null
  const rows = verdicts.toSorted((left, right) => URGENCY[left.status] - URGENCY[right.status])
  return (
    <ul class="limits-now" aria-label="Limits so far">
      {rows.map(({ status, subject, measured, limit }, at) => (
        <li key={at} class={status}>
          <Mark status={STATUS[status]} /> <bdi>{subject}</bdi> <strong>{measured}</strong>{' '}
          <span class="quiet">{limit}</span>
        </li>
      ))}
    </ul>
  )
}
