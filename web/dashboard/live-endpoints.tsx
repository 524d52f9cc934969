import { useState } from 'preact/hooks'
import { formatMs, formatRate, formatRatio } from '../../src/units/format.ts'
import type { RecentEndpoint } from '../../src/live/live-page.ts'
import type { OperationPage } from '../../src/report/page/report-page.ts'
import { Panel } from '../parts/panel.tsx'
import { SortTable, type SortColumn } from '../parts/sort-table.tsx'
import { Endpoints } from '../report/endpoints.tsx'

interface LiveEndpointsProps {
  readonly recent: readonly RecentEndpoint[]
  readonly requests: readonly OperationPage[]
  readonly chosen: OperationPage | undefined
  readonly choose: (operation: OperationPage | undefined) => void
}

/** Endpoints: what they do now, or what they did in all of the judged time. */
export function LiveEndpoints(props: LiveEndpointsProps): preact.JSX.Element {
  const { recent, requests, chosen, choose } = props
  const [all, setAll] = useState(false)
  const button = (text: string, value: boolean): preact.JSX.Element => (
    <button type="button" aria-pressed={all === value} onClick={() => setAll(value)}>
      {text}
    </button>
  )
  return (
    <section class="live-endpoints" aria-label="Endpoints">
      <div class="tabs" role="group" aria-label="Time of the endpoints">
        {button('Last 10 s', false)}
        {button('Judged time so far', true)}
      </div>
      {all ? (
        <Endpoints requests={requests} chosen={chosen} choose={choose} />
      ) : (
        <Panel title="Endpoints" note="of the last 10 s" wide>
          {recent.length === 0 ? (
            <p class="nothing">Nothing was completed.</p>
          ) : (
            <SortTable caption="Endpoints of the last 10 s" columns={COLUMNS} rows={recent} />
          )}
        </Panel>
      )}
    </section>
  )
}

const time = (title: 'p50' | 'p95' | 'p99'): SortColumn<RecentEndpoint> => ({
  title,
  by: (row) => row[title],
  show: (row) => (row[title] === null ? '–' : formatMs(row[title])),
})

const COLUMNS: readonly SortColumn<RecentEndpoint>[] = [
  { title: 'endpoint', left: true, by: ({ name }) => name, show: ({ name }) => <bdi>{name}</bdi> },
  {
    title: 'rate',
    by: ({ perSecond }) => perSecond,
    show: ({ perSecond }) => formatRate(perSecond),
  },
  ...(['p50', 'p95', 'p99'] as const).map(time),
  {
    title: 'failed',
    by: ({ errorRate }) => errorRate,
    show: ({ errorRate }) =>
      errorRate === null ? (
        '–'
      ) : (
        <span class={errorRate > 0 ? 'bad' : ''}>{formatRatio(errorRate)}</span>
      ),
  },
]
