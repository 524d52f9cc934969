import { formatMs } from '../../src/units/format.ts'
import type { CurvePoint } from '../../src/report/compare/comparison.ts'
import { base, line, valueAxis, type Point } from '../charts/axes.ts'
import type { Drawing } from '../charts/chart.tsx'
import { percentAxis } from '../charts/curve.ts'
import { time } from '../charts/percentiles.ts'
import { colorOfRun, dashOfRun } from './run-colors.ts'

/** The latency at each percentile, a curve for each run; every step to the right is ten times as rare. */
export function curvesDrawing(
  curves: readonly (readonly CurvePoint[])[],
  names: readonly string[],
): Drawing {
  const drawn = curves.map(pointsOf)
  const most = Math.max(1, ...drawn.flatMap((curve) => curve.map(([nines]) => nines)))
  return {
    label: 'The latency of all requests at each percentile, for each run',
    points: drawn.reduce((sum, curve) => sum + curve.length, 0),
    option: (theme) => ({
      ...base(theme),
      xAxis: percentAxis(theme, most),
      yAxis: valueAxis(theme, formatMs, { min: 0 }),
      series: drawn.map((curve, at) => {
        const color = colorOfRun(theme, at, drawn.length)
        return {
          ...line(color, curve),
          lineStyle: { width: 1.75, color, type: dashOfRun(at, drawn.length) },
          name: names[at],
          showSymbol: false,
          tooltip: { valueFormatter: time },
        }
      }),
    }),
  }
}

/** The slowest of all has no place on a scale that never ends. */
const pointsOf = (curve: readonly CurvePoint[]): Point[] =>
  curve.flatMap(({ percentile, value }): Point[] =>
    percentile < 100 ? [[-Math.log10(1 - percentile / 100), value]] : [],
  )
