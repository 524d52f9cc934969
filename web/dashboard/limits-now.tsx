import type { LiveVerdict } from '../../src/live/live-page.ts'
import { Mark } from '../parts/mark.tsx'

const STATUS = { pass: 'passed', fail: 'failed', inconclusive: 'unfinished' } as const
const URGENCY = { fail: 0, inconclusive: 1, pass: 2 } as const
/** More that are met stand behind a click: the controls are below. */
const MOST_MET = 3

interface LimitsNowProps {
  readonly verdicts: readonly LiveVerdict[]
}

/** How the limits stand, the missed ones first. */
export function LimitsNow({ verdicts }: LimitsNowProps): preact.JSX.Element | null {
  if (verdicts.length === 0) return null
  const rows = verdicts.toSorted((left, right) => URGENCY[left.status] - URGENCY[right.status])
  const met = rows.filter(({ status }) => status === 'pass').length
  const shown = rows.slice(0, rows.length - Math.max(0, met - MOST_MET))
  const rest = rows.slice(shown.length)
  return (
    <div class="limits-now">
      <Rows name="Limits so far" rows={shown} />
      {rest.length === 0 ? null : (
        <details>
          <summary>{rest.length} more are met</summary>
          <Rows name="Other limits" rows={rest} />
        </details>
      )}
    </div>
  )
}

interface RowsProps {
  readonly name: string
  readonly rows: readonly LiveVerdict[]
}

const Rows = ({ name, rows }: RowsProps): preact.JSX.Element => (
  <ul aria-label={name}>
    {rows.map(({ status, subject, measured, limit }) => (
      <li key={`${subject} ${limit}`} class={status}>
        <Mark status={STATUS[status]} /> <bdi>{subject}</bdi> <strong>{measured}</strong>{' '}
        <span class="quiet">{limit}</span>
      </li>
    ))}
  </ul>
)
