import { useMemo } from 'preact/hooks'
import type { LoadPage, OperationPage } from '../../src/report/page/report-page.ts'
import { Chart } from '../charts/chart.tsx'
import { farLimits, percentilesDrawing } from '../charts/percentiles.ts'
import { failuresDrawing, ratesDrawing } from '../charts/rates.ts'
import { Panel } from '../parts/panel.tsx'

export interface DrawnProps {
  readonly load: LoadPage
  /** What is drawn: all requests together, or one of them. */
  readonly operation: OperationPage
}

/** What happened when: latency, rate and users, failures. */
export function TimeCharts({ load, operation }: DrawnProps): preact.JSX.Element {
  const of = operation === load.whole ? '' : operation.name
  const percentiles = useMemo(() => percentilesDrawing(load, operation, of), [load, operation, of])
  const rates = useMemo(() => ratesDrawing(load, operation), [load, operation])
  const far = farLimits(load, operation, of)
  return (
    <>
      <Panel title="Latency" note={noteOf(of, far)}>
        <Chart name="percentiles" drawing={percentiles} />
      </Panel>
      <Panel title="Rate and users" note={of}>
        <Chart name="rates" drawing={rates} />
      </Panel>
      <Failures load={load} operation={operation} />
    </>
  )
}

function noteOf(of: string, far: readonly string[]): string {
  const limits = far.length === 0 ? '' : `limit ${far.join(', ')}: far above`
  return [of, limits].filter((each) => each !== '').join(' · ')
}

function Failures({ load, operation }: DrawnProps): preact.JSX.Element {
  const drawing = useMemo(() => failuresDrawing(load, operation), [load, operation])
  const most = Math.max(...load.failures.map(({ count }) => count))
  if (load.failures.length === 0) {
    return (
      <Panel title="Failures">
        <p class="nothing">No request failed.</p>
      </Panel>
    )
  }
  return (
    <Panel title="Failures" note="by kind, of the whole load">
      <Chart name="failures" drawing={drawing} height={130} />
      <ul class="kinds">
        {load.failures.map(({ name, count }) => (
          <li key={name}>
            <span class="label">{name}</span>
            <span class="bar" style={{ width: `${(count / most) * 40}%` }} />
            <span>{count.toLocaleString('en-US')}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
