import { formatMs } from '../../src/units/format.ts'
import type { TrendLine } from '../../src/report/compare/comparison.ts'
import { base, valueAxis } from '../charts/axes.ts'
import type { Drawing } from '../charts/chart.tsx'
import { time } from '../charts/percentiles.ts'

/** As many as there are colours that everybody tells apart. */
const MOST = 5

/** The p95 of the endpoints that changed most, from run to run. */
export function trendDrawing(all: readonly TrendLine[], names: readonly string[]): Drawing {
  const lines = all.toSorted((left, right) => spreadOf(right) - spreadOf(left)).slice(0, MOST)
  return {
    label: `The p95 of ${lines.map(({ name }) => name).join(', ')} from run to run`,
    points: lines.reduce((sum, { values }) => sum + values.length, 0),
    option: (theme) => ({
      ...base(theme),
      // Names may take two lines.
      grid: { left: 4, right: 10, top: 48, bottom: 2, outerBoundsMode: 'same' },
      xAxis: {
        type: 'category',
        data: names,
        axisLine: { lineStyle: { color: theme.line } },
        axisTick: { show: false },
        axisLabel: { color: theme.soft, fontSize: 11 },
      },
      yAxis: valueAxis(theme, formatMs, { min: 0 }),
      series: lines.map(({ name, values }, at) => ({
        type: 'line',
        name,
        data: values.map((value) => value ?? null),
        color: theme.series[at],
        lineStyle: { width: 1.75, color: theme.series[at] },
        symbol: 'circle',
        symbolSize: 6,
        emphasis: { disabled: true },
        tooltip: { valueFormatter: time },
      })),
    }),
  }
}

function spreadOf({ values }: TrendLine): number {
  const known = values.filter((value) => typeof value === 'number' && value > 0) as number[]
  return known.length < 2 ? 0 : Math.max(...known) / Math.min(...known)
}
