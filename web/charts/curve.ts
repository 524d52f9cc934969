import { formatMs } from '../../src/units/format.ts'
import type { ChartedOperation, Shape } from '../../src/report/page/charted.ts'
import { base, line, quietEnds, valueAxis } from './axes.ts'
import type { Drawing } from './chart.tsx'
import type { Theme } from '../theme/theme.ts'
import { time } from './percentiles.ts'

/** The latency at each percentile; every step to the right is ten times as rare. */
export function curveDrawing({ curves }: Shape, { name }: ChartedOperation): Drawing {
  const most = Math.max(1, ...curves.flatMap((curve) => curve.map(([nines]) => nines)))
  return {
    label: `The latency of ${name} at each percentile`,
    points: curves.reduce((sum, curve) => sum + curve.length, 0),
    option: (theme) => ({
      ...base(theme),
      xAxis: percentAxis(theme, most),
      yAxis: valueAxis(theme, formatMs, { min: 0 }),
      series: curves.map((curve, at) => ({
        ...line((at === 0 ? theme.series[0] : theme.soft) ?? theme.ink, curve),
        ...(at === 1 && { lineStyle: { width: 1.5, type: 'dashed', color: theme.soft } }),
        name: at === 0 ? 'this run' : 'baseline',
        showSymbol: false,
        tooltip: { valueFormatter: time },
      })),
    }),
  }
}

/** Percentiles from left to right, each `9` as wide as the one before. */
export const percentAxis = (theme: Theme, most: number): ReturnType<typeof valueAxis> =>
  valueAxis(theme, percentOf, {
    min: 0,
    max: most,
    ...quietEnds(theme, percentOf),
    interval: 1,
    axisLine: { show: true, lineStyle: { color: theme.line } },
    axisPointer: { label: { formatter: ({ value }: { value: number }) => percentOf(value) } },
  })

/** 0 is `p0`, 1 `p90`, 2 `p99`, 2.3 `p99.5` */
function percentOf(nines: number): string {
  const percent = 100 * (1 - 10 ** -nines)
  return `p${Number(percent.toFixed(Math.max(0, Math.ceil(nines) - 1)))}`
}
