import type { Band, Line } from '../../src/report/page/charted.ts'
import { bandArea, base, line, timeAxis, valueAxis, type Point } from './axes.ts'
import type { Drawing } from './chart.tsx'

export interface NamedLine {
  readonly name: string
  readonly line: Line
  readonly format: (value: number) => string
  /** On an axis of its own, at the right. */
  readonly right?: boolean
}

interface LinesOptions {
  readonly label: string
  readonly end: number
  readonly bands: readonly Band[]
}

/** Courses over time that were taken by a watcher, each with its own stamps. */
export function linesDrawing(
  lines: readonly NamedLine[],
  { label, end, bands }: LinesOptions,
): Drawing {
  const last = Math.max(end, ...lines.map((each) => each.line.at.at(-1) ?? 0))
  return {
    label,
    points: lines.reduce((sum, each) => sum + each.line.values.length, 0),
    option: (theme) => ({
      ...base(theme),
      xAxis: timeAxis(theme, last),
      yAxis: [false, true].flatMap((right) => {
        const format = lines.find((each) => (each.right ?? false) === right)?.format
        if (format === undefined && right) return []
        const more = right ? { splitLine: { show: false }, max: 1, interval: 0.5 } : {}
        return [valueAxis(theme, format ?? String, { min: 0, ...more })]
      }),
      series: lines.map(({ name, line: course, format, right = false }, at) => ({
        ...line(theme.series[at] ?? theme.ink, pointsOf(course), { yAxisIndex: right ? 1 : 0 }),
        ...(right
          ? { lineStyle: { width: 1.25, type: 'dashed', color: theme.series[at] } }
          : { areaStyle: { opacity: 0.12 } }),
        name,
        tooltip: {
          valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '–'),
        },
        ...(at === 0 && { markArea: bandArea(theme, bands) }),
      })),
    }),
  }
}

const pointsOf = ({ at, values }: Line): Point[] =>
  values.map((value, index) => [at[index] ?? 0, value])
