import type { LimitRow } from '../../src/report/page/report-page.ts'
import { Bullet } from '../charts/bullet.tsx'
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
  <div class="scroll" tabIndex={0} role="region" aria-label="Limits">
    <table>
      <thead class="unseen">
        <tr>
          {['', 'figure', 'measured', 'limit', '', 'margin'].map((text, at) => (
            <th key={at} scope="col">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <Row key={at} row={row} />
        ))}
      </tbody>
    </table>
  </div>
)

function Row({ row }: { readonly row: LimitRow }): preact.JSX.Element {
  const { status, subject, measured, limit, margin, interval, open, warning } = row
  return (
    <tr class={status}>
      <td class="left">
        <Mark status={status === 'pass' ? 'passed' : 'failed'} />
      </td>
      <td class="left subject">
        <bdi>{subject}</bdi>
      </td>
      <td>
        <strong>{measured}</strong>
        {interval === '' ? null : <span class="quiet"> {interval}</span>}
      </td>
      <td class="quiet">{limit}</td>
      <td class="bullet-cell">
        <Bullet status={row.status} bar={row.bar} />
      </td>
      <td class={`margin ${warning ? 'warning' : ''}`}>
        {margin}
        {open ? ' ~' : ''}
      </td>
    </tr>
  )
}
