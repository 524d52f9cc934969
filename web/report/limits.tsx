import type { LimitRow } from '../../src/report/page/report-page.ts'
import { Bullet } from '../parts/bullet.tsx'
import { Mark } from '../parts/mark.tsx'

/** More that were met are behind a button's width of text. */
const MOST_SHOWN = 8

/** What was asked for, what was measured, and how much lies between. */
export function Limits({ rows }: { readonly rows: readonly LimitRow[] }): preact.JSX.Element {
  const failed = rows.filter(({ status }) => status === 'fail').length
  const shown = rows.slice(0, Math.max(failed, MOST_SHOWN))
  const rest = rows.slice(shown.length)
  return (
    <section class="panel limits">
      <header>
        <h3>Limits</h3>
        <span class="note">{noteOf(rows.length, failed)}</span>
      </header>
      {rows.length === 0 ? (
        <p class="quiet">This test asked for no limit.</p>
      ) : (
        <Rows rows={shown} />
      )}
      {rest.length === 0 ? null : (
        <details>
          <summary>{rest.length} more, all met</summary>
          <Rows rows={rest} />
        </details>
      )}
      {rows.some(({ open }) => open) ? (
        <p class="quiet">~ decided by its point estimate alone: too few samples to prove it</p>
      ) : null}
    </section>
  )
}

function noteOf(all: number, failed: number): string {
  if (all === 0) return ''
  return failed > 0 ? `${failed} of ${all} missed` : `${all} of ${all} met`
}

const Rows = ({ rows }: { readonly rows: readonly LimitRow[] }): preact.JSX.Element => (
  <ul class="limit-rows">
    {rows.map((row, at) => (
      <Row key={at} row={row} />
    ))}
  </ul>
)

function Row({ row }: { readonly row: LimitRow }): preact.JSX.Element {
  const { status, subject, measured, limit, margin, interval, open, warning, bar } = row
  return (
    <li class={status}>
      <Mark status={status === 'pass' ? 'passed' : 'failed'} />
      <bdi class="subject">{subject}</bdi>
      <span class="measured">
        <strong>{measured}</strong>
        {interval === '' ? null : <span class="quiet"> {interval}</span>}
      </span>
      <span class="limit quiet">
        <span class="unseen">limit </span>
        {limit}
      </span>
      <Bullet status={status} bar={bar} />
      <span class={`margin ${warning ? 'warning' : ''}`}>
        {margin}
        {open ? ' ~' : ''}
      </span>
    </li>
  )
}
