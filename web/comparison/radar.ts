import { formatNumber } from '../../src/units/format.ts'
import type { Radar } from '../../src/report/compare/comparison.ts'
import { base } from '../charts/axes.ts'
import type { Drawing } from '../charts/chart.tsx'
import { colorOfRun, dashOfRun } from './run-colors.ts'

/** All figures of a run relative to the first one: outside is worse, and no axis outweighs the others. */
export function radarDrawing({ axes, runs, most }: Radar, names: readonly string[]): Drawing {
  return {
    label: `Figures relative to the first run: ${axes.join(', ')}. Outside is worse`,
    points: runs.reduce((sum, run) => sum + run.length, 0),
    option: (theme) => ({
      ...base(theme),
      tooltip: { ...(base(theme).tooltip as object), trigger: 'item' },
      radar: {
        indicator: axes.map((name) => ({ name, max: most, min: 0 })),
        center: ['50%', '55%'],
        radius: '66%',
        splitNumber: 4,
        axisName: { color: theme.soft, fontSize: 11 },
        axisLine: { lineStyle: { color: theme.line } },
        splitLine: { lineStyle: { color: theme.line } },
        splitArea: { show: false },
      },
      series: [
        {
          type: 'radar',
          symbolSize: 4,
          tooltip: { valueFormatter: times },
          data: runs.map((run, at) => ({
            name: names[at],
            value: run.map((value) => value ?? null),
            itemStyle: { color: colorOfRun(theme, at, runs.length) },
            lineStyle: {
              color: colorOfRun(theme, at, runs.length),
              type: dashOfRun(at, runs.length),
              width: 1.75,
            },
          })),
        },
      ],
    }),
  }
}

const times = (value: unknown): string =>
  typeof value === 'number' ? `${formatNumber(value)}×` : '–'
