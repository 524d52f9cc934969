import { BarChart, LineChart, RadarChart } from 'echarts/charts'
import {
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  RadarComponent,
  TooltipComponent,
} from 'echarts/components'
import { init, use, type ECharts } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

const PARTS = [
  BarChart,
  LineChart,
  RadarChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  MarkLineComponent,
  RadarComponent,
  TooltipComponent,
  SVGRenderer,
]

/** A chart in an element, of what our charts are made of. In SVG, which a printer draws as sharp as text. */
export function startChart(element: HTMLElement): ECharts {
  use(PARTS)
  const chart = init(element, undefined, { renderer: 'svg' })
  // Nothing of ours moves: by itself it would ask for ten more frames after each that it draws.
  chart.getZr().setSleepAfterStill(1)
  return chart
}
