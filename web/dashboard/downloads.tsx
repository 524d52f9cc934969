import type { LivePage } from '../../src/live/live-page.ts'
import type { Entry } from './entries.ts'

interface DownloadsProps {
  readonly page: LivePage
  readonly entry: Entry | undefined
  readonly token: string
  /** The server is there to answer. */
  readonly there: boolean
}

const FILES = [
  ['report.html', 'Report (HTML)'],
  ['report.md', 'Summary (Markdown)'],
  ['run.json', 'Run file (JSON)'],
  ['stats.csv', 'Figures (CSV)'],
  ['stats_history.csv', 'History (CSV)'],
  ['failures.csv', 'Failures (CSV)'],
] as const

/** What is kept so far, as files. */
export function Downloads(props: DownloadsProps): preact.JSX.Element | null {
  const { page, entry, token, there } = props
  if (!there || page.report === undefined || page.report.tests.length === 0) return null
  return (
    <details class="downloads">
      <summary class="button">Download</summary>
      <ul>
        {FILES.map(([file, name]) => (
          <li key={file}>
            <a href={addressOf(file, token, entry)} download={file}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** Files of figures are of one load: of the one that is shown. */
function addressOf(file: string, token: string, entry: Entry | undefined): string {
  const { test, live } = entry ?? {}
  const which = test !== undefined && {
    test: `${test.file} › ${test.name}`,
    load: String((live?.load ?? test.loads.length - 1) + 1),
  }
  const query = new URLSearchParams({ token, ...(file.endsWith('.csv') && which) })
  return `/download/${file}?${query.toString()}`
}
