import { useEffect } from 'preact/hooks'
import type { LivePage } from '../../src/live/live-page.ts'
import { Mark } from '../parts/mark.tsx'
import { Downloads } from './downloads.tsx'
import type { Entry } from './entries.ts'
import type { Link } from './follow.ts'
import { stateOf, verdictOf, type VerdictNow } from './state.ts'

interface HeadProps {
  readonly page: LivePage
  readonly entry: Entry | undefined
  readonly link: Link
  readonly token: string
  readonly scheme: 'light' | 'dark'
  readonly toggle: () => void
}

/** What goes on, how the limits stand, and whether the page still hears of it. */
export function Head(props: HeadProps): preact.JSX.Element {
  const { page, entry, link, token, scheme, toggle } = props
  const state = stateOf(page, entry ?? {})
  const verdict = verdictOf(entry ?? {})
  const name = entry?.name ?? 'No test has run yet'
  useEffect(() => {
    document.title = `${state.word} · ${name}`
  }, [state.word, name])
  return (
    <header class={`head live ${verdict?.status ?? ''}`}>
      <div class="signs">
        <span class={`state ${state.tone}`} data-state={state.word}>
          <span class="dot" aria-hidden /> {state.word}
        </span>
        {isSteered(entry) ? <span class="steered">Steered by hand</span> : null}
        {verdict === undefined ? null : <VerdictSign {...verdict} />}
      </div>
      <h1>
        <bdi>{name}</bdi>
      </h1>
      <div class="tools">
        <LinkSign link={link} live={page.state === 'running'} />
        <Downloads entry={entry} page={page} token={token} there={link.state === 'live'} />
        <button type="button" class="button" onClick={toggle}>
          {scheme === 'dark' ? 'Light' : 'Dark'}
        </button>
      </div>
      {page.notes.map((note) => (
        <p key={note} class="warning">
          ! {note}
        </p>
      ))}
      {link.state === 'ended' ? (
        <p class="quiet">
          {link.why}{' '}
          {page.id === '' ? '' : `“npx vitest-perf dashboard ${page.id}” shows it again.`}
        </p>
      ) : null}
    </header>
  )
}

const VerdictSign = ({ status, text }: VerdictNow): preact.JSX.Element => (
  <span class={`verdict ${status}`}>
    {status === 'none' ? null : <Mark status={status} />} {text}
  </span>
)

const LINKS: Readonly<Record<Link['state'], string>> = {
  connecting: 'Connecting …',
  live: 'Live',
  reconnecting: 'Reconnecting …',
  ended: 'Ended',
  refused: 'Refused',
}

/** The load under way, or any of a test that has ended. */
function isSteered(entry: Entry | undefined): boolean {
  if (entry?.live !== undefined) return entry.live.steered
  return entry?.test?.loads.some(({ steered }) => steered) ?? false
}

interface LinkSignProps {
  readonly link: Link
  /** What it tells goes on. */
  readonly live: boolean
}

const LinkSign = ({ link, live }: LinkSignProps): preact.JSX.Element => (
  <span class={`link ${link.state}`} role="status">
    {link.state === 'live' && !live ? 'Connected' : LINKS[link.state]}
  </span>
)
