import { formatMs, formatNumber, formatRate, formatRatio } from '../../src/units/format.ts'
import type { LiveLoad } from '../../src/live/live-page.ts'
import type { LoadPage } from '../../src/report/page/report-page.ts'

interface ProgressProps {
  readonly live: LiveLoad
  readonly load: LoadPage | undefined
}

/** How far a load is, and what it does now. */
export function Progress({ live, load }: ProgressProps): preact.JSX.Element {
  const { elapsed, length, part, note } = live
  const warnings = [...(note === undefined ? [] : [note]), ...(load?.warnings ?? [])]
  return (
    <section class="progress" aria-label="Now">
      {length === undefined || length === 0 ? null : <Bar share={elapsed / length} />}
      <p>
        <strong>{timeOf(live)}</strong>
        {part === undefined ? null : <span>{part}</span>}
        {factsOf(live).map(([label, value]) => (
          <span key={label}>
            <span class="quiet">{label}</span> <strong>{value}</strong>
          </span>
        ))}
      </p>
      {warnings.map((warning) => (
        <p key={warning} class="warning">
          ! {warning}
        </p>
      ))}
    </section>
  )
}

function Bar({ share }: { readonly share: number }): preact.JSX.Element {
  const percent = Math.round(Math.min(1, share) * 100)
  return (
    <div
      class="bar"
      role="progressbar"
      aria-label="Time"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span style={{ width: `${percent}%` }} />
    </div>
  )
}

const timeOf = ({ elapsed, length }: LiveLoad): string =>
  length === undefined ? clock(elapsed) : `${clock(elapsed)} of ${clock(length)}`

/** `2:42`, `1:02:42` */
function clock(at: number): string {
  const seconds = Math.round(at / 1_000)
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  return hours === 0
    ? `${minutes}:${two(seconds % 60)}`
    : `${hours}:${two(minutes)}:${two(seconds % 60)}`
}

function factsOf(live: LiveLoad): readonly (readonly [string, string])[] {
  const { users, rate, count, failed, p50, p95, p99 } = live
  const times = Object.entries({ p50, p95, p99 }).map(
    ([name, value]) => [name, value === undefined ? '–' : formatMs(value)] as const,
  )
  const share = count === 0 || failed === 0 ? '' : ` (${formatRatio(failed / count)})`
  return [
    ['users', formatNumber(users)],
    ['completed', rate === undefined ? '–' : formatRate(Math.round(rate))],
    ...times,
    ['failed', `${formatNumber(failed)}${share}`],
  ]
}
