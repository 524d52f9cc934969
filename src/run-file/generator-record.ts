import { keepHigher } from '../monitors/bounded-series.ts'
import type { GeneratorSummary } from '../monitors/generator-summary.ts'
import { flatten, points, type FlatSeries } from './flat-series.ts'

/** The generator as the run file keeps it: its course is flat. */
export type GeneratorRecord = Omit<GeneratorSummary, 'loop'> & {
  readonly loop: Omit<GeneratorSummary['loop'], 'series'> & { readonly series: FlatSeries }
}

export const toGeneratorRecord = ({ loop, ...figures }: GeneratorSummary): GeneratorRecord => ({
  ...figures,
  loop: { ...loop, series: flatten(loop.series, keepHigher) },
})

export const fromGeneratorRecord = ({ loop, ...figures }: GeneratorRecord): GeneratorSummary => ({
  ...figures,
  loop: { ...loop, series: points(loop.series) },
})
