import { formatMs } from '../../src/units/format.ts'
import type { Band, ChartedLoad, Epochs, Mark, Values } from '../../src/report/page/charted.ts'
import type { Theme } from '../theme/theme.ts'

type Options = Record<string, unknown>

/** What every chart has in common. */
export const base = (theme: Theme): Options => ({
  animation: false,
  textStyle: { fontFamily: theme.font, color: theme.soft },
  grid: { left: 4, right: 10, top: 30, bottom: 2, outerBoundsMode: 'same' },
  legend: {
    top: 0,
    left: 0,
    padding: 0,
    itemWidth: 14,
    itemHeight: 8,
    itemGap: 12,
    icon: 'roundRect',
    textStyle: { color: theme.soft, fontSize: 11 },
    inactiveColor: theme.line,
  },
  tooltip: {
    trigger: 'axis',
    confine: true,
    backgroundColor: theme.panel,
    borderColor: theme.line,
    textStyle: { color: theme.ink, fontSize: 12 },
    axisPointer: { lineStyle: { color: theme.soft, type: 'dashed' } },
  },
})

const labels = (theme: Theme, format: (value: number) => string): Options => ({
  formatter: format,
  color: theme.soft,
  fontSize: 11,
  hideOverlap: true,
})

/** No label at an end that is no round number. */
export const quietEnds = (theme: Theme, format: (value: number) => string): Options => ({
  axisLabel: { ...labels(theme, format), showMaxLabel: false },
})

/** An axis of values; its lines are as quiet as they can be. */
export const valueAxis = (
  theme: Theme,
  format: (value: number) => string,
  more?: Options,
): Options => ({
  type: 'value',
  axisLabel: labels(theme, format),
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: theme.line } },
  splitNumber: 4,
  ...more,
})

/** The time since the start of the load. */
export function timeAxis(theme: Theme, end: number): Options {
  const clock = clockFor(end)
  return valueAxis(theme, clock, {
    min: 0,
    max: end,
    interval: stepFor(end),
    ...quietEnds(theme, clock),
    splitLine: { show: false },
    axisLine: { show: true, lineStyle: { color: theme.line } },
    axisPointer: { label: { formatter: ({ value }: { value: number }) => clock(value) } },
  })
}

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]
/** Steps that clocks go in. */
const STEPS = [
  1,
  10,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((step) => step * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((step) => step * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((step) => step * HOUR),
]

const stepFor = (end: number): number => STEPS.find((step) => end / step <= 5) ?? end / 5

/** `1:05`, `2:30:00`; what is over in ten seconds has fractions. */
function clockFor(end: number): (at: number) => string {
  if (end < 10 * SECOND) return (at) => (at === 0 ? '0' : formatMs(Math.round(at)))
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return (at) => {
    const whole = Math.round(at / SECOND) * SECOND
    const seconds = two((whole % MINUTE) / SECOND)
    if (end < HOUR) return `${Math.floor(whole / MINUTE)}:${seconds}`
    const minutes = two((whole % HOUR) / MINUTE)
    return `${Math.floor(whole / HOUR)}:${minutes}${seconds === '00' ? '' : `:${seconds}`}`
  }
}

/** When the load ended. */
export const endOf = ({ epochs, bands }: Pick<ChartedLoad, 'epochs' | 'bands'>): number =>
  bands.at(-1)?.to ?? (epochs.at.at(-1) ?? 0) + (epochs.width.at(-1) ?? 0)

export type Point = readonly [x: number, y: number | null]

/** The values of epochs in their middles; idle stretches leave gaps. */
export function pointsOf({ at, width }: Epochs, values: Values): Point[] {
  return values.flatMap((value, index): Point[] => {
    const [from = 0, long = 0] = [at[index], width[index]]
    const before = (at[index - 1] ?? from) + (width[index - 1] ?? 0)
    const gap = index > 0 && from > before + long / 2
    return [...(gap ? [[before, null] as const] : []), [from + long / 2, value]]
  })
}

/** Phases as shades behind a series; the judged time is left bright. */
export function bandArea(theme: Theme, bands: readonly Band[]): Options {
  const steps = !bands.some(({ name }) => name === 'judged')
  const shaded = bands.filter(({ name }, at) => (steps ? at % 2 === 1 : name !== 'judged'))
  return {
    silent: true,
    itemStyle: { color: theme.band },
    label: { color: theme.soft, fontSize: 10, position: 'insideTop', overflow: 'truncate' },
    data: shaded.map(({ name, from, to }) => [
      { name: isNarrow(bands, to - from) ? '' : name, xAxis: from },
      { xAxis: to },
    ]),
  }
}

/** A name needs about an eighth of the width. */
const isNarrow = (bands: readonly Band[], length: number): boolean =>
  length < (bands.at(-1)?.to ?? 0) / 8

/** Dots where there are too few points for a line. */
export const line = (color: string, data: readonly Point[], more?: Options): Options => ({
  type: 'line',
  data,
  color,
  lineStyle: { width: 1.75, color },
  showSymbol: data.filter(([, value]) => value !== null).length < 4,
  symbolSize: 5,
  emphasis: { disabled: true },
  ...more,
})

/** What was done in the middle of the load: lines across, each with its name. */
export const markLines = (theme: Theme, marks: readonly Mark[]): Options[] =>
  marks.map(({ at, text }) => ({
    xAxis: at,
    lineStyle: { color: theme.soft, type: 'solid', width: 1 },
    label: {
      color: theme.soft,
      fontSize: 10,
      formatter: shortened(text),
      position: 'insideEndTop',
      // It lies across the lines of the chart.
      backgroundColor: theme.panel,
      padding: [1, 3],
    },
  }))

/** Those alone, behind a series. */
export const marksOver = (theme: Theme, marks: readonly Mark[]): Options => ({
  silent: true,
  symbol: 'none',
  data: markLines(theme, marks),
})

const shortened = (text: string): string => (text.length <= 28 ? text : `${text.slice(0, 27)}…`)
