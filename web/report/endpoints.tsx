import { useState } from 'preact/hooks'
import { formatMs, formatNumber, formatRate, formatRatio } from '../../src/units/format.ts'
import type { OperationPage } from '../../src/report/page/report-page.ts'
import { Spark } from '../charts/spark.tsx'
import { ChangeMark } from '../parts/change-mark.tsx'
import { Panel } from '../parts/panel.tsx'
import { SortTable, type SortColumn } from '../parts/sort-table.tsx'

interface EndpointsProps {
  readonly requests: readonly OperationPage[]
  /** The one that the charts show; all of them together when there is none. */
  readonly chosen: OperationPage | undefined
  readonly choose: (operation: OperationPage | undefined) => void
}

/** From so many on, a reader searches rather than reads. */
const MANY = 12

/** Each request with its figures; one that is chosen is drawn in the charts. */
export function Endpoints({ requests, chosen, choose }: EndpointsProps): preact.JSX.Element | null {
  const [text, setText] = useState('')
  if (requests.length === 0) return null
  const wanted = text.trim().toLowerCase()
  const rows = requests.filter(({ name }) => name.toLowerCase().includes(wanted))
  return (
    <Panel title="Endpoints" note="a name draws it in the charts" wide>
      {requests.length > MANY ? (
        <input
          type="search"
          aria-label="Search endpoints"
          placeholder={`Search ${requests.length} endpoints`}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      ) : null}
      <SortTable
        caption="Endpoints"
        columns={columnsOf(requests, chosen, choose)}
        rows={rows}
        chosen={chosen}
      />
    </Panel>
  )
}

function columnsOf(
  requests: readonly OperationPage[],
  chosen: OperationPage | undefined,
  choose: EndpointsProps['choose'],
): readonly SortColumn<OperationPage>[] {
  const time = (title: 'p50' | 'p95' | 'p99' | 'max'): SortColumn<OperationPage> => ({
    title,
    by: (row) => row[title],
    show: (row) => ms(row[title]),
  })
  return [
    {
      title: 'endpoint',
      left: true,
      by: ({ name }) => name,
      show: (row) => <Name row={row} chosen={row === chosen} choose={choose} />,
    },
    { title: 'requests', by: (row) => row.requests, show: (row) => formatNumber(row.requests) },
    {
      title: 'rate',
      by: (row) => row.perSecond,
      show: ({ perSecond }) => (perSecond === null ? '–' : formatRate(perSecond)),
    },
    ...(['p50', 'p95', 'p99', 'max'] as const).map(time),
    ...(requests.some(({ ttft }) => ttft !== null)
      ? [{ title: 'TTFT p95', by: byTtft, show: (row: OperationPage) => ms(row.ttft) }]
      : []),
    {
      title: 'failed',
      by: (row) => row.errorRate,
      show: ({ errorRate, failed }) =>
        errorRate === null ? (
          '–'
        ) : (
          <span class={failed > 0 ? 'bad' : ''}>{formatRatio(errorRate)}</span>
        ),
    },
    ...(requests.some(({ change }) => change !== undefined)
      ? [
          {
            title: 'p95 vs baseline',
            show: ({ change }: OperationPage) => <ChangeMark change={change} />,
          },
        ]
      : []),
    {
      title: 'p95 over time',
      show: ({ course }) => <Spark course={course?.percentiles.p95 ?? []} />,
    },
  ]
}

interface NameProps {
  readonly row: OperationPage
  readonly chosen: boolean
  readonly choose: EndpointsProps['choose']
}

const Name = ({ row, chosen, choose }: NameProps): preact.JSX.Element => (
  <button
    type="button"
    class="name"
    aria-pressed={chosen}
    title={row.name}
    onClick={() => choose(chosen ? undefined : row)}
  >
    <bdi>{row.name}</bdi>
  </button>
)

const byTtft = ({ ttft }: OperationPage): number | null => ttft
const ms = (value: number | null): string => (value === null ? '–' : formatMs(value))
