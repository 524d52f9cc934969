import type { Search } from '../../src/report/page/report-page.ts'
import { Panel } from '../parts/panel.tsx'
import { PlainTable } from '../parts/plain-table.tsx'

/** What a test measured by many runs. */
export const Searches = ({
  searches,
}: {
  readonly searches: readonly Search[]
}): preact.JSX.Element => (
  <>
    {searches.map(({ facts, notes, lines, table }, at) => (
      <Panel key={at} title={table.title} note={facts} wide>
        {notes.map((note) => (
          <p key={note} class="warning">
            ! {note}
          </p>
        ))}
        {table.rows.length === 0 ? null : <PlainTable {...table} />}
        {lines.map((text) => (
          <p key={text} class="quiet" dir="auto">
            {text}
          </p>
        ))}
      </Panel>
    ))}
  </>
)
