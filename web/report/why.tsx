import type { Reason } from '../../src/report/page/report-page.ts'

/** Why the test failed, each reason with its evidence. */
export function Why({
  reasons,
}: {
  readonly reasons: readonly Reason[]
}): preact.JSX.Element | null {
  if (reasons.length === 0) return null
  return (
    <section class="panel why">
      <header>
        <h3>Why it failed</h3>
      </header>
      <ul>
        {reasons.map(({ what, evidence }, at) => (
          <li key={at} dir="auto">
            <strong>{what}</strong> {evidence.join(' ')}
          </li>
        ))}
      </ul>
    </section>
  )
}
