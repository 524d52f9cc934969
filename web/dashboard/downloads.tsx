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
  const load = placeOf(page, entry)
  return (
    <details class="downloads">
      <summary class="button">Download</summary>
      <ul>
        {FILES.map(([file, name]) => (
          <li key={file}>
            <a href={addressOf(file, token, load)} download={file}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

function addressOf(file: string, token: string, load: number): string {
  const query = new URLSearchParams({ token, ...(file.endsWith('.csv') && { load: String(load) }) })
  return `/download/${file}?${query.toString()}`
}

/** Which of all loads is shown, from 1: files of figures are of one. */
function placeOf({ report }: LivePage, entry: Entry | undefined): number {
  const tests = report?.tests ?? []
  const at = entry?.test === undefined ? 0 : tests.indexOf(entry.test)
  const before = tests.slice(0, Math.max(0, at)).reduce((sum, { loads }) => sum + loads.length, 0)
  return before + (entry?.live?.load ?? 0) + 1
}
