import { useRef, useState } from 'preact/hooks'
import type { LoadPage, OperationPage } from '../../src/report/page/report-page.ts'
import { Facts } from '../parts/facts.tsx'
import { Panel } from '../parts/panel.tsx'
import { PlainTable } from '../parts/plain-table.tsx'
import { Endpoints } from './endpoints.tsx'
import { Errors } from './errors.tsx'
import { Kpis } from './kpis.tsx'
import { Sentences } from './sentences.tsx'
import { ShapeCharts } from './shape-charts.tsx'
import { TimeCharts } from './time-charts.tsx'
import { WatchCharts } from './watch-charts.tsx'

/** A load: its figures, its charts, its endpoints and errors. */
export function LoadView({ load }: { readonly load: LoadPage }): preact.JSX.Element {
  const [chosen, choose] = useState<OperationPage>()
  const charts = useRef<HTMLDivElement>(null)
  const operation = chosen ?? load.whole
  // The table is below the charts that it changes.
  const show = (wanted: OperationPage | undefined): void => {
    choose(wanted)
    charts.current?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <>
      <Kpis kpis={load.kpis} />
      <Sentences title="What got slower" texts={load.slower} />
      {chosen === undefined ? null : (
        <p class="drawn">
          Latency, rate and spread are of <strong>{chosen.name}</strong>.{' '}
          <button type="button" class="button" onClick={() => choose(undefined)}>
            Show all requests
          </button>
        </p>
      )}
      <div class="charts" ref={charts}>
        <TimeCharts load={load} operation={operation} />
        <ShapeCharts load={load} operation={operation} />
        <WatchCharts load={load} />
      </div>
      <Endpoints requests={load.requests} chosen={chosen} choose={show} />
      <Errors errors={load.errors} />
      {load.tables.map((table) => (
        <Panel key={table.title} title={table.title} wide>
          <PlainTable {...table} />
        </Panel>
      ))}
      {load.details.length === 0 ? null : (
        <Panel title="Details" wide>
          <Facts rows={load.details} />
        </Panel>
      )}
    </>
  )
}
