import { formatMs } from '../../src/units/format.ts'
import type { Band, Values } from '../../src/report/page/charted.ts'
import type { LoadPage } from '../../src/report/page/report-page.ts'
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

/** An axis of values; its lines are as quiet as they can be. */
export const valueAxis = (
  theme: Theme,
  format: (value: number) => string,
  more?: Options,
): Options => ({
  type: 'value',
  axisLabel: { formatter: format, color: theme.soft, fontSize: 11, hideOverlap: true },
  axisLine: { show: false },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: theme.line } },
  splitNumber: 4,
  ...more,
})

/** The time since the start of the load. */
export const timeAxis = (theme: Theme, end: number): Options =>
  valueAxis(theme, clock, {
    min: 0,
    max: end,
    splitLine: { show: false },
    axisLine: { show: true, lineStyle: { color: theme.line } },
    splitNumber: 5,
    axisPointer: { label: { formatter: ({ value }: { value: number }) => clock(value) } },
  })

/** `1:05`, or `1.5 s` where seconds are told apart. */
export function clock(at: number): string {
  if (at === 0) return '0'
  if (at < 10_000 || at % 1_000 !== 0) return formatMs(Math.round(at))
  const seconds = Math.round(at / 1_000)
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  if (minutes < 60) return `${minutes}:${two(rest)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(rest)}`
}

/** When the load ended. */
export const endOf = ({ epochs, bands }: Pick<LoadPage, 'epochs' | 'bands'>): number =>
  bands.at(-1)?.to ?? (epochs.at.at(-1) ?? 0) + (epochs.width.at(-1) ?? 0)

export type Point = readonly [x: number, y: number | null]

/** The values of epochs in their middles; idle stretches leave gaps. */
export function pointsOf({ at, width }: LoadPage['epochs'], values: Values): Point[] {
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
export const markLines = (theme: Theme, marks: LoadPage['marks']): Options[] =>
  marks.map(({ at, text }) => ({
    xAxis: at,
    lineStyle: { color: theme.soft, type: 'solid', width: 1 },
    label: {
      color: theme.soft,
      fontSize: 10,
      formatter: shortened(text),
      position: 'insideEndTop',
    },
  }))

const shortened = (text: string): string => (text.length <= 28 ? text : `${text.slice(0, 27)}…`)
