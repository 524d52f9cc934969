import { useMemo } from 'preact/hooks'
import { Chart } from '../charts/chart.tsx'
import { curveDrawing } from '../charts/curve.ts'
import { histogramDrawing, outlinesDrawing } from '../charts/outlines.ts'
import { tokensDrawing } from '../charts/rates.ts'
import { Panel } from '../parts/panel.tsx'
import { PlainTable } from '../parts/plain-table.tsx'
import type { Shape } from '../../src/report/page/charted.ts'
import type { LoadPage, OperationPage, Streams } from '../../src/report/page/report-page.ts'
import type { DrawnProps } from './time-charts.tsx'

/** How latencies are spread, and the times of streams. */
export function ShapeCharts({ load, operation }: DrawnProps): preact.JSX.Element {
  const { shape } = operation
  const { streams } = load
  return (
    <>
      {shape === undefined ? null : (
        <Spread shape={shape} operation={operation} whole={load.whole} />
      )}
      {streams === undefined ? null : <StreamTimes load={load} streams={streams} />}
    </>
  )
}

interface SpreadProps {
  readonly shape: Shape
  readonly operation: OperationPage
  readonly whole: OperationPage
}

function Spread({ shape, operation, whole }: SpreadProps): preact.JSX.Element {
  const histogram = useMemo(() => histogramDrawing(shape, operation), [shape, operation])
  const curve = useMemo(() => curveDrawing(shape, operation), [shape, operation])
  const of = operation === whole ? 'successes' : operation.name
  return (
    <>
      <Panel title="Latency histogram" note={of}>
        <Chart name="histogram" drawing={histogram} />
      </Panel>
      <Panel title="Percentile curve" note={of}>
        <Chart name="curve" drawing={curve} />
      </Panel>
    </>
  )
}

interface StreamTimesProps {
  readonly load: LoadPage
  readonly streams: Streams
}

function StreamTimes({ load, streams }: StreamTimesProps): preact.JSX.Element {
  const { names, outlines, table } = streams
  const times = useMemo(
    () => outlinesDrawing(outlines, { label: `${names.join(' and ')} of streams`, names }),
    [outlines, names],
  )
  const tokens = useMemo(() => tokensDrawing(load, load.whole), [load])
  return (
    <>
      <Panel title="Streams" note={`${names.join(', ')}, of all streams`}>
        <Chart name="streams" drawing={times} height={130} />
        <PlainTable {...table} />
      </Panel>
      {tokens.points === 0 ? null : (
        <Panel title="Tokens per second" note="of the system">
          <Chart name="tokens" drawing={tokens} />
        </Panel>
      )}
    </>
  )
}
