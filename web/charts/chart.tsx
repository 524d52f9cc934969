import type { ECharts, EChartsCoreOption } from 'echarts/core'
import { useEffect, useRef } from 'preact/hooks'
import { readTheme, useScheme, type Theme } from '../theme/theme.ts'
import { startChart } from './echarts.ts'

/** What a chart shows, worked out for the colours in force. */
export interface Drawing {
  /** For a reader who does not see it. */
  readonly label: string
  /** How many points it has, for who wonders whether it has any. */
  readonly points: number
  readonly option: (theme: Theme) => EChartsCoreOption
}

interface ChartProps {
  /** `percentiles` */
  readonly name: string
  readonly drawing: Drawing
  readonly height?: number
}

const REPLACED = ['series', 'xAxis', 'yAxis', 'radar']

/** A chart that follows its width, the colours and its data. */
export function Chart({ name, drawing, height = 220 }: ChartProps): preact.JSX.Element {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(undefined)
  const scheme = useScheme()
  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const started = startChart(element)
    chart.current = started
    const observer = new ResizeObserver(() => fit(started, element))
    observer.observe(element)
    return () => {
      observer.disconnect()
      started.dispose()
    }
  }, [])
  useEffect(() => {
    const element = place.current
    if (element === null) return
    // Which lines a reader has switched off, and where the pointer is, outlast new data.
    chart.current?.setOption(drawing.option(readTheme(element)), { replaceMerge: REPLACED })
    scalable(element)
  }, [drawing, scheme])
  return (
    <div
      ref={place}
      class="chart"
      data-chart={name}
      data-points={drawing.points}
      role="img"
      aria-label={drawing.label}
      style={{ height: `${height}px` }}
    />
  )
}

function fit(chart: ECharts, element: HTMLElement): void {
  // A printer scales what is drawn: there is no time to draw it anew.
  if (matchMedia('print').matches || element.clientWidth === 0) return
  chart.resize()
  scalable(element)
}

/** Lets a style sheet scale the drawing. */
function scalable(element: HTMLElement): void {
  const svg = element.querySelector('svg')
  const [width, height] = [svg?.getAttribute('width'), svg?.getAttribute('height')]
  if (width && height) svg?.setAttribute('viewBox', `0 0 ${width} ${height}`)
}
