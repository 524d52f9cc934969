import { formatMs } from '../../src/units/format.ts'
import type { DumbbellRow } from '../../src/report/compare/comparison.ts'
import { base, valueAxis } from '../charts/axes.ts'
import type { Drawing } from '../charts/chart.tsx'
import type { Theme } from '../theme/theme.ts'

/** The p95 of each endpoint in the first and the last run, joined by a line. */
export function dumbbellDrawing(all: readonly DumbbellRow[], most: number): Drawing {
  const rows = all.toSorted((left, right) => ratioOf(right) - ratioOf(left)).slice(0, most)
  const values = rows.flatMap(({ base: first, head }) => [first, head])
  const [least, greatest] = [Math.min(...values), Math.max(...values)]
  const wide = least > 0 && greatest / least > 10
  return {
    label: 'The p95 of each endpoint in the first and the last run',
    points: values.length,
    option: (theme) => ({
      ...base(theme),
      grid: { left: 4, right: 16, top: 6, bottom: 2, outerBoundsMode: 'same' },
      legend: { show: false },
      tooltip: { ...(base(theme).tooltip as object), trigger: 'item' },
      xAxis: valueAxis(theme, formatMs, wide ? { type: 'log' } : { min: 0 }),
      yAxis: {
        type: 'category',
        data: rows.map(({ name }) => name),
        inverse: true,
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: theme.ink, fontSize: 11, width: 150, overflow: 'truncate' },
      },
      series: rows.map((row, at) => seriesOf(theme, row, at)),
    }),
  }
}

/** What changed most stands first, whichever way. */
const ratioOf = ({ base: first, head }: DumbbellRow): number =>
  Math.abs(Math.log(Math.max(head, 1e-9) / Math.max(first, 1e-9)))

function seriesOf(
  theme: Theme,
  { name, base: first, head, verdict }: DumbbellRow,
  at: number,
): object {
  const color = verdict === 'worse' ? theme.fail : verdict === 'better' ? theme.pass : theme.soft
  const text = `${formatMs(first)} → ${formatMs(head)}, ${verdict}`
  return {
    type: 'line',
    name,
    symbolSize: 9,
    lineStyle: { width: 3, color, opacity: 0.55 },
    emphasis: { disabled: true },
    tooltip: { formatter: () => text },
    data: [
      { value: [first, at], symbol: 'emptyCircle', itemStyle: { color } },
      { value: [head, at], symbol: 'circle', itemStyle: { color } },
    ],
  }
}
