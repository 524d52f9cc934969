import { formatMs, formatRatio } from '../../src/units/format.ts'
import type { ChartedOperation, Outlines, Shape } from '../../src/report/page/charted.ts'
import type { Theme } from '../theme/theme.ts'
import { base, line, quietEnds, valueAxis } from './axes.ts'
import type { Drawing } from './chart.tsx'

type Mark = readonly [name: string, value: number]

interface OutlinesOptions {
  readonly label: string
  readonly names: readonly string[]
  /** Marked on the axis, by name. */
  readonly marks?: readonly Mark[]
  /** The second one is only outlined: it is of another run. */
  readonly baseline?: boolean
}

/** Histograms as steps over the same bins. */
export function outlinesDrawing(outlines: Outlines, options: OutlinesOptions): Drawing {
  const { edges, shares } = outlines
  const { label, names, marks = [], baseline = false } = options
  const wide = (edges.at(-1) ?? 1) / (edges[0] ?? 1) > 4.5
  return {
    label,
    points: shares.reduce((sum, each) => sum + each.filter((share) => share > 0).length, 0),
    option: (theme) => ({
      ...base(theme),
      xAxis: valueAxis(theme, formatMs, {
        type: wide ? 'log' : 'value',
        min: edges[0],
        max: edges.at(-1),
        ...quietEnds(theme, formatMs),
        splitLine: { show: false },
        axisLine: { show: true, lineStyle: { color: theme.line } },
        axisPointer: { label: { formatter: ({ value }: { value: number }) => formatMs(value) } },
      }),
      yAxis: valueAxis(theme, formatRatio, { min: 0, max: nearlyAll, splitNumber: 3 }),
      series: shares.map((each, at) => ({
        ...line(colorOf(theme, at, baseline), stepsOf(edges, each), { step: 'end' }),
        ...(baseline && at === 1
          ? { lineStyle: { width: 1.5, type: 'dashed', color: theme.soft } }
          : { areaStyle: { opacity: 0.16 } }),
        name: names[at],
        showSymbol: false,
        tooltip: { valueFormatter: share },
        ...(at === 0 && { markLine: marksOf(theme, apart(marks, edges, wide)) }),
      })),
    }),
  }
}

/** How the latencies of an operation are spread. */
export const histogramDrawing = (
  shape: Shape,
  { name, p50, p95, p99 }: ChartedOperation,
): Drawing =>
  outlinesDrawing(shape.histogram, {
    label: `How latencies of ${name} are spread`,
    names: ['this run', 'baseline'],
    baseline: true,
    marks: Object.entries({ p50, p95, p99 }).flatMap(([mark, value]) =>
      value === null ? [] : [[mark, value] as const],
    ),
  })

/** A share is never more than all. */
const nearlyAll = ({ max }: { max: number }): number | undefined => (max > 0.75 ? 1 : undefined)

/** Marks whose names would stand on each other are left out, but for the last. */
function apart(marks: readonly Mark[], edges: readonly number[], wide: boolean): readonly Mark[] {
  const scale = wide ? Math.log : Number
  const span = scale(edges.at(-1) ?? 1) - scale(edges[0] ?? 0)
  return marks.filter(([, value], at) => {
    const next = marks[at + 1]
    return next === undefined || (scale(next[1]) - scale(value)) / span > 0.08
  })
}

const colorOf = (theme: Theme, at: number, baseline: boolean): string =>
  (baseline && at === 1 ? theme.soft : theme.series[at]) ?? theme.ink

const stepsOf = (edges: readonly number[], shares: readonly number[]): [number, number][] => [
  ...shares.map((each, at): [number, number] => [edges[at] ?? 0, each]),
  [edges.at(-1) ?? 0, shares.at(-1) ?? 0],
]

function marksOf(theme: Theme, marks: readonly Mark[]): Record<string, unknown> {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: theme.soft, type: 'dotted' },
    label: { color: theme.soft, fontSize: 10, rotate: 0 },
    data: marks.map(([name, value]) => ({ xAxis: value, label: { formatter: name } })),
  }
}

const share = (value: unknown): string => (typeof value === 'number' ? formatRatio(value) : '–')
