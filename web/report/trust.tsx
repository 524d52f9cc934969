import type { Trust as TrustPage } from '../../src/report/page/report-page.ts'
import { Facts } from '../parts/facts.tsx'
import { Mark } from '../parts/mark.tsx'

const STATUS = { good: 'passed', doubtful: 'unfinished', unknown: 'unfinished' } as const

/** Whether the figures can be believed. */
export function Trust({ trust }: { readonly trust: TrustPage }): preact.JSX.Element {
  const { level, headline, notes, facts } = trust
  return (
    <section class="panel trust">
      <header>
        <h3>Can I trust it?</h3>
      </header>
      <p class="headline">
        <Mark status={STATUS[level]} /> {headline}
      </p>
      {notes.length === 0 ? null : (
        <ul class="notes">
          {notes.map((note, at) => (
            <li key={at} dir="auto">
              {note}
            </li>
          ))}
        </ul>
      )}
      <Facts rows={facts} />
    </section>
  )
}
