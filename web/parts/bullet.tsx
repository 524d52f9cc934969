import type { LimitRow } from '../../src/report/page/report-page.ts'

/** A figure as a bar, its limit as a mark on it. */
export function Bullet({ status, bar }: Pick<LimitRow, 'status' | 'bar'>): preact.JSX.Element {
  if (bar === undefined) return <span />
  const percent = (place: number): string => `${place * 100}%`
  return (
    <span class={`bullet ${status}`} aria-hidden>
      <span class="bullet-bar" style={{ width: percent(bar.measured) }} />
      <span class="bullet-limit" style={{ left: percent(bar.limit) }} />
    </span>
  )
}
