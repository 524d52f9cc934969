import { useState } from 'preact/hooks'
import type { ReportPage } from '../../src/report/page/report-page.ts'
import { Facts } from '../parts/facts.tsx'
import { Mark } from '../parts/mark.tsx'
import { Panel } from '../parts/panel.tsx'
import { SchemeContext } from '../theme/theme.ts'
import { useChosenScheme } from '../theme/use-chosen-scheme.ts'
import { OtherTests } from './other-tests.tsx'
import { TestList } from './test-list.tsx'
import { TestView } from './test-view.tsx'
import { useHash } from './use-hash.ts'

/** The report of a run. */
export function Report({ page }: { readonly page: ReportPage }): preact.JSX.Element {
  const [scheme, toggle] = useChosenScheme()
  const [at, choose] = useHash(page.tests.length)
  const test = page.tests[at]
  return (
    <SchemeContext.Provider value={scheme}>
      <Head page={page} scheme={scheme} toggle={toggle} />
      <div class={page.tests.length > 1 ? 'body with-list' : 'body'}>
        {page.tests.length > 1 ? <TestList tests={page.tests} chosen={at} choose={choose} /> : null}
        <main>
          {test === undefined ? (
            <p>No test of this run has figures.</p>
          ) : (
            <TestView key={at} test={test} />
          )}
          <OtherTests tests={page.others} />
          <Panel title="Environment" wide>
            <Facts rows={page.environment} />
          </Panel>
        </main>
      </div>
    </SchemeContext.Provider>
  )
}

interface HeadProps {
  readonly page: ReportPage
  readonly scheme: 'light' | 'dark'
  readonly toggle: () => void
}

function Head({ page, scheme, toggle }: HeadProps): preact.JSX.Element {
  const { status, headline, facts, notes, baseline } = page
  const started = useStarted(page)
  const beside = baseline === undefined ? [] : [`beside the baseline ${baseline}`]
  return (
    <header class={`head ${status}`}>
      <h1>
        <Mark status={status} /> {headline}
      </h1>
      <p class="quiet">{[started, ...facts, ...beside].join(' · ')}</p>
      <button type="button" class="button" onClick={toggle}>
        {scheme === 'dark' ? 'Light' : 'Dark'}
      </button>
      {notes.map((note) => (
        <p key={note} class="warning">
          ! {note}
        </p>
      ))}
    </header>
  )
}

/** In the reader's own words and zone; the environment has it as it was written. */
function useStarted({ environment }: ReportPage): string {
  const [text] = useState(() => {
    const written = environment.find(([label]) => label === 'Started')?.[1] ?? ''
    const date = new Date(written)
    if (Number.isNaN(date.getTime())) return written
    return date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
  })
  return text
}
