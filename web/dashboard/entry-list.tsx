import { Mark } from '../parts/mark.tsx'
import type { Entry } from './entries.ts'

interface EntryListProps {
  readonly entries: readonly Entry[]
  readonly shown: Entry | undefined
  readonly choose: (key: string) => void
}

/** Loads under way, and tests that have ended. */
export const EntryList = ({ entries, shown, choose }: EntryListProps): preact.JSX.Element => (
  <nav class="tests" aria-label="Loads and tests">
    <ol>
      {entries.map((entry) => (
        <li key={entry.key}>
          <button
            type="button"
            aria-current={entry.key === shown?.key ? 'true' : undefined}
            onClick={() => choose(entry.key)}
          >
            {entry.live === undefined ? (
              <Mark status={entry.test?.status ?? 'unfinished'} />
            ) : (
              <span class="mark running">
                <span aria-hidden>●</span>
                <span class="unseen">running</span>
              </span>
            )}
            <span class="name">
              <bdi>{entry.name}</bdi>
            </span>
            <span class="quiet">{entry.live?.part ?? entry.live?.phase ?? entry.test?.result}</span>
          </button>
        </li>
      ))}
    </ol>
  </nav>
)
