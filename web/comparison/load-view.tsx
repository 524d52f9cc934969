import { useMemo } from 'preact/hooks'
import type { LoadComparison } from '../../src/report/compare/comparison-page.ts'
import { Chart, type Drawing } from '../charts/chart.tsx'
import { Panel } from '../parts/panel.tsx'
import { dumbbellDrawing } from './dumbbell.ts'
import { FiguresTable } from './figures-table.tsx'
import { Obstacles } from './obstacles.tsx'
import { curvesDrawing } from './curves.ts'
import { radarDrawing } from './radar.ts'
import { trendDrawing } from './trend.ts'

interface LoadViewProps {
  readonly load: LoadComparison
  readonly runs: readonly string[]
}

/** One load in all runs: its figures and its charts. */
export function LoadView({ load, runs }: LoadViewProps): preact.JSX.Element {
  const names = useMemo(() => namesOf(runs.length), [runs])
  const { dumbbell, radar, curves, trend } = useMemo(() => drawingsOf(load, names), [load, names])
  const rows = load.charts.dumbbell.length
  return (
    <section class="load">
      <h2>
        <bdi>{load.title}</bdi> <span class="quiet">{load.shape}</span>
      </h2>
      <Obstacles obstacles={load.obstacles} />
      <Panel title="Figures" wide>
        <FiguresTable endpoints={load.endpoints} names={names} />
      </Panel>
      <div class="charts compared">
        {rows === 0 ? null : (
          <Panel title="p95 of each endpoint" note="○ first, ● last">
            <Chart name="dumbbell" drawing={dumbbell} height={60 + 26 * Math.min(rows, MOST)} />
          </Panel>
        )}
        <Panel title="All together" note="the first run is 1, outside is worse">
          <Chart name="radar" drawing={radar} height={260} />
        </Panel>
        <Panel title="Percentiles of all requests">
          <Chart name="curves" drawing={curves} height={260} />
        </Panel>
        {trend === undefined ? null : (
          <Panel title="p95 from run to run">
            <Chart name="trend" drawing={trend} height={260} />
          </Panel>
        )}
      </div>
    </section>
  )
}

/** Endpoints in the chart: those that changed most come first. */
const MOST = 30

const namesOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) =>
    at === 0 ? 'first' : at === count - 1 ? 'last' : `run ${at + 1}`,
  )

interface Drawings {
  readonly dumbbell: Drawing
  readonly radar: Drawing
  readonly curves: Drawing
  readonly trend: Drawing | undefined
}

const drawingsOf = ({ charts }: LoadComparison, names: readonly string[]): Drawings => ({
  dumbbell: dumbbellDrawing(charts.dumbbell, MOST),
  radar: radarDrawing(charts.radar, names),
  curves: curvesDrawing(charts.curves, names),
  trend: charts.trend.length === 0 ? undefined : trendDrawing(charts.trend, names),
})
