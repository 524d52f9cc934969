import { formatNumber, formatRate } from '../../src/units/format.ts'
import type { ChartedLoad, ChartedOperation } from '../../src/report/page/charted.ts'
import { bandArea, base, endOf, line, marksOver, pointsOf, timeAxis, valueAxis } from './axes.ts'
import type { Drawing } from './chart.tsx'

/** Successes per second, and beside them how many users were at work. */
export function ratesDrawing(load: ChartedLoad, { name, course }: ChartedOperation): Drawing {
  const ok = pointsOf(load.epochs, course?.ok ?? [])
  const users = pointsOf(load.epochs, load.users)
  return {
    label: `Successes per second of ${name} over time, with the users at work`,
    points: ok.length,
    option: (theme) => ({
      ...base(theme),
      xAxis: timeAxis(theme, endOf(load)),
      yAxis: [
        valueAxis(theme, formatRate, { min: 0 }),
        valueAxis(theme, formatNumber, { min: 0, minInterval: 1, splitLine: { show: false } }),
      ],
      series: [
        {
          ...line(theme.series[0] ?? theme.ink, ok),
          name: 'succeeded',
          areaStyle: { opacity: 0.12 },
          tooltip: { valueFormatter: rate },
          markArea: bandArea(theme, load.bands),
          markLine: marksOver(theme, load.marks),
        },
        {
          ...line(theme.series[1] ?? theme.ink, users, { step: 'middle', yAxisIndex: 1 }),
          name: 'users',
          lineStyle: { width: 1.5, type: 'dashed', color: theme.series[1] },
          tooltip: { valueFormatter: whole },
        },
      ],
    }),
  }
}

/** Failures per second. */
export function failuresDrawing(load: ChartedLoad, { name, course }: ChartedOperation): Drawing {
  const failed = pointsOf(load.epochs, course?.failed ?? [])
  return {
    label: `Failures per second of ${name} over time`,
    points: failed.length,
    option: (theme) => ({
      ...base(theme),
      legend: { show: false },
      grid: { left: 4, right: 10, top: 10, bottom: 2, outerBoundsMode: 'same' },
      xAxis: timeAxis(theme, endOf(load)),
      yAxis: valueAxis(theme, formatRate, { min: 0 }),
      series: [
        {
          ...line(theme.fail, failed, { step: 'middle' }),
          name: 'failed',
          areaStyle: { opacity: 0.18 },
          tooltip: { valueFormatter: rate },
          markArea: bandArea(theme, load.bands),
          markLine: marksOver(theme, load.marks),
        },
      ],
    }),
  }
}

/** Tokens per second of all streams together. */
export function tokensDrawing(load: ChartedLoad, { course }: ChartedOperation): Drawing {
  const tokens = pointsOf(load.epochs, course?.tokens ?? [])
  return {
    label: 'Tokens per second over time',
    points: tokens.length,
    option: (theme) => ({
      ...base(theme),
      legend: { show: false },
      grid: { left: 4, right: 10, top: 10, bottom: 2, outerBoundsMode: 'same' },
      xAxis: timeAxis(theme, endOf(load)),
      yAxis: valueAxis(theme, formatRate, { min: 0 }),
      series: [
        {
          ...line(theme.series[0] ?? theme.ink, tokens),
          name: 'tokens',
          areaStyle: { opacity: 0.12 },
          tooltip: { valueFormatter: rate },
          markArea: bandArea(theme, load.bands),
        },
      ],
    }),
  }
}

const rate = (value: unknown): string => (typeof value === 'number' ? formatRate(value) : '–')
const whole = (value: unknown): string => (typeof value === 'number' ? formatNumber(value) : '–')
