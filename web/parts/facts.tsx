import type { Fact } from '../../src/report/page/report-page.ts'

/** Names with what they are. */
export function Facts({ rows }: { readonly rows: readonly Fact[] }): preact.JSX.Element {
  return (
    <dl class="facts">
      {rows.map(([label, value], at) => (
        <div key={at}>
          <dt>{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
