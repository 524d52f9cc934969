import { formatMs } from '../../src/units/format.ts'
import type { ChartedLoad, ChartedOperation, LimitLine } from '../../src/report/page/charted.ts'
import type { Theme } from '../theme/theme.ts'
import { bandArea, base, endOf, line, markLines, pointsOf, timeAxis, valueAxis } from './axes.ts'
import type { Drawing } from './chart.tsx'

/** The percentiles of an operation over time, with its limits and the phases of the load. */
export function percentilesDrawing(
  load: ChartedLoad,
  operation: ChartedOperation,
  of: string,
): Drawing {
  const courses = Object.entries(operation.course?.percentiles ?? {})
  const known = courses.flatMap(([, values]) => values.filter((value) => value !== null))
  const highest = Math.max(0, ...known)
  const limits = load.limits.filter((limit) => limit.of === of)
  const near = limits.filter(({ value }) => value <= highest * REACH)
  const option = (theme: Theme): Record<string, unknown> => ({
    ...base(theme),
    xAxis: timeAxis(theme, endOf(load)),
    yAxis: valueAxis(theme, formatMs, {
      min: 0,
      max: ceiling(
        highest,
        near.map(({ value }) => value),
      ),
    }),
    series: courses.map(([name, values], at) => ({
      ...line(theme.ramp[name] ?? theme.ink, pointsOf(load.epochs, values)),
      name,
      tooltip: { valueFormatter: time },
      ...(at === 0 && {
        markArea: bandArea(theme, load.bands),
        markLine: marksOf(theme, near, load),
      }),
    })),
  })
  const highs = operation.p95 === null ? '' : `; p95 of it all ${formatMs(operation.p95)}`
  return {
    label: `Percentiles of the latency of ${operation.name} over time${highs}`,
    points: known.length,
    option,
  }
}

/** A limit further up than this would press the lines flat. */
const REACH = 3

/** Limits that are not in the chart, for its title. */
export function farLimits(
  load: ChartedLoad,
  operation: ChartedOperation,
  of: string,
): readonly string[] {
  const courses = Object.values(operation.course?.percentiles ?? {})
  const highest = Math.max(0, ...courses.flat().map((value) => value ?? 0))
  return load.limits
    .filter((limit) => limit.of === of && limit.value > highest * REACH)
    .map(({ metric, value }) => `${metric} ≤ ${formatMs(value)}`)
}

const ceiling = (highest: number, limits: readonly number[]): number | undefined =>
  limits.some((limit) => limit > highest) ? Math.max(...limits) * 1.1 : undefined

function marksOf(
  theme: Theme,
  limits: readonly LimitLine[],
  { marks }: ChartedLoad,
): Record<string, unknown> {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: theme.fail, type: 'dashed', width: 1.25 },
    label: {
      color: theme.fail,
      fontSize: 11,
      position: 'insideStartTop',
      backgroundColor: theme.panel,
      padding: [1, 3],
    },
    data: [
      ...limits.map(({ metric, value }) => ({
        yAxis: value,
        label: { formatter: `${metric} ≤ ${formatMs(value)}` },
      })),
      ...markLines(theme, marks),
    ],
  }
}

export const time = (value: unknown): string => (typeof value === 'number' ? formatMs(value) : '–')
