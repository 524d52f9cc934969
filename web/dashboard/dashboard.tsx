import { useMemo, useRef, useState } from 'preact/hooks'
import type { LivePage } from '../../src/live/live-page.ts'
import { OtherTests } from '../report/other-tests.tsx'
import { TestView } from '../report/test-view.tsx'
import { SchemeContext } from '../theme/theme.ts'
import { useChosenScheme } from '../theme/use-chosen-scheme.ts'
import { askWith } from './ask.ts'
import { Controls } from './controls.tsx'
import { entriesOf, shownOf, type Entry } from './entries.ts'
import { EntryList } from './entry-list.tsx'
import type { Link } from './follow.ts'
import { Head } from './head.tsx'
import { LimitsNow } from './limits-now.tsx'
import { LiveLoadView } from './live-load.tsx'
import { LogTail } from './log-tail.tsx'
import { Progress } from './progress.tsx'
import { StartForm } from './start-form.tsx'
import { AskContext } from './use-ask.ts'
import { useLive } from './use-live.ts'

/** A run while it runs; what has ended stays. */
export function Dashboard({ token }: { readonly token: string | undefined }): preact.JSX.Element {
  const [scheme, toggle] = useChosenScheme()
  const { link, page } = useLive(token)
  const server = useMemo(() => (token === undefined ? undefined : askWith(token)), [token])
  if (link.state === 'refused' || token === undefined) return <Refused />
  if (page === undefined) return <main class="waits">{WAITS[link.state]}</main>
  const props = { page, link, token, scheme, toggle }
  return (
    <SchemeContext.Provider value={scheme}>
      <AskContext.Provider value={link.state === 'live' ? server : undefined}>
        <Run {...props} />
      </AskContext.Provider>
    </SchemeContext.Provider>
  )
}

interface RunProps {
  readonly page: LivePage
  readonly link: Link
  readonly token: string
  readonly scheme: 'light' | 'dark'
  readonly toggle: () => void
}

function Run(props: RunProps): preact.JSX.Element {
  const { page } = props
  const [chosen, choose] = useState<string>()
  const before = useRef<Entry>(undefined)
  const entries = entriesOf(page)
  const entry = shownOf(entries, chosen, before.current)
  before.current = entry
  return (
    <>
      <Head {...props} entry={entry} />
      <div class={entries.length > 1 ? 'body with-list' : 'body'}>
        {entries.length > 1 ? <EntryList entries={entries} shown={entry} choose={choose} /> : null}
        <main>
          {page.start === undefined ? null : <StartForm start={page.start} />}
          {entry === undefined ? <Nothing page={page} /> : <Shown key={entry.key} entry={entry} />}
          <LogTail lines={page.log} />
          <OtherTests tests={page.report?.others ?? []} />
        </main>
      </div>
    </>
  )
}

function Shown({ entry }: { readonly entry: Entry }): preact.JSX.Element {
  const { live, load, test } = entry
  if (live === undefined) return test === undefined ? <></> : <TestView test={test} />
  return (
    <article>
      <Progress live={live} load={load} />
      <LimitsNow verdicts={live.verdicts} />
      <Controls live={live} />
      <LiveLoadView live={live} load={load} />
    </article>
  )
}

const Nothing = ({ page }: { readonly page: LivePage }): preact.JSX.Element => (
  <p class="nothing">
    {page.state === 'running'
      ? 'No load has begun yet.'
      : 'No performance test has run yet: this page shows the next one.'}
  </p>
)

const Refused = (): preact.JSX.Element => (
  <main class="waits">
    <h1>This address has no token, or an old one</h1>
    <p>Open the address that the terminal shows: each run has its own.</p>
  </main>
)

const WAITS: Readonly<Record<Link['state'], string>> = {
  connecting: 'Connecting …',
  live: 'Connecting …',
  reconnecting: 'The server does not answer; trying again …',
  ended: 'The server has gone.',
  refused: '',
}
