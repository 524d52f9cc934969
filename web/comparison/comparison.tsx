import type { ComparisonPage } from '../../src/report/compare/comparison-page.ts'
import { Panel } from '../parts/panel.tsx'
import { SchemeContext } from '../theme/theme.ts'
import { useChosenScheme } from '../theme/use-chosen-scheme.ts'
import { LoadView } from './load-view.tsx'
import { Obstacles } from './obstacles.tsx'
import { VerdictMark } from './verdict-mark.tsx'

/** Two runs and more side by side. */
export function Comparison({ page }: { readonly page: ComparisonPage }): preact.JSX.Element {
  const [scheme, toggle] = useChosenScheme()
  return (
    <SchemeContext.Provider value={scheme}>
      <header class={`head ${STATUS[page.verdict]}`}>
        <h1>
          <VerdictMark verdict={page.verdict} /> {page.headline}
        </h1>
        <button type="button" class="button" onClick={toggle}>
          {scheme === 'dark' ? 'Light' : 'Dark'}
        </button>
      </header>
      <div class="body">
        <main>
          <h2 class="unseen">Overview</h2>
          <div class="answers">
            <Suggestions page={page} />
            <Comparable page={page} />
          </div>
          {page.loads.map((load, at) => (
            <LoadView key={at} load={load} runs={page.runs} />
          ))}
          <p class="quiet">{page.rules}</p>
        </main>
      </div>
    </SchemeContext.Provider>
  )
}

const STATUS = {
  worse: 'failed',
  better: 'passed',
  'within noise': 'passed',
  'not comparable': 'unfinished',
} as const

/** What was compared, and what speaks against it. */
function Comparable({ page }: { readonly page: ComparisonPage }): preact.JSX.Element {
  const own = page.loads.flatMap(({ obstacles }) => obstacles)
  const none = page.obstacles.length + own.length + page.notes.length === 0
  return (
    <Panel title="Comparable?" note={none ? 'yes: nothing else differs' : ''}>
      <ol class="runs">
        {page.runs.map((run, at) => (
          <li key={at}>
            <bdi>{run}</bdi>
          </li>
        ))}
      </ol>
      <Obstacles obstacles={page.obstacles} />
      {page.notes.map((note) => (
        <p key={note} class="quiet">
          <bdi>{note}</bdi>
        </p>
      ))}
    </Panel>
  )
}

/** What the figures hint at, each with its evidence. */
function Suggestions({ page }: { readonly page: ComparisonPage }): preact.JSX.Element {
  return (
    <Panel title="What it hints at">
      {page.suggestions.length === 0 ? (
        <p class="quiet">Nothing that the rules know of.</p>
      ) : (
        <ol class="sentences">
          {page.suggestions.map(({ rule, evidence, cause, next }, at) => (
            <li key={at} dir="auto">
              <strong>{evidence}.</strong> Often {cause}. Next: {next}.{' '}
              <span class="quiet">{rule}</span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  )
}
