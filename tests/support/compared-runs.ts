import type { RunData } from '../../src/load/load-run.ts'
import { compareRuns } from '../../src/report/compare/compare-runs.ts'
import type {
  CompareOptions,
  ComparedEndpoint,
  ComparedFigure,
  Comparison,
} from '../../src/report/compare/comparison.ts'
import type { RunFile } from '../../src/run-file/run-file.ts'
import { sampleFile, sampleRun, sampleTest, type Endpoint } from './run-file-samples.ts'

/** One of the runs that a test compares. */
export interface Side {
  readonly endpoints: readonly Endpoint[]
  /** Of its latencies. */
  readonly seed: number
  readonly seconds?: number
  readonly with?: Partial<RunData>
  readonly file?: Partial<RunFile>
}

/** A run file of one test with one load on these endpoints. */
export const sideFile = ({
  endpoints,
  seed,
  seconds = 30,
  with: over = {},
  file = {},
}: Side): RunFile =>
  sampleFile([sampleTest({ runs: [sampleRun(endpoints, { seed, seconds, with: over })] })], {
    id: `2026-01-${String(10 + seed)}T09-05-07-aaaa`,
    ...file,
  })

export const compared = (
  sides: readonly (Side | RunFile)[],
  options: CompareOptions = {},
): Comparison =>
  compareRuns(
    sides.map((side) => ('format' in side ? side : sideFile(side))),
    options,
  )

/** Endpoints at the same rates, with other latencies. */
export const slowed = (
  endpoints: readonly Endpoint[],
  name: string,
  over: Partial<Endpoint>,
): readonly Endpoint[] =>
  endpoints.map((endpoint) => (endpoint.name === name ? { ...endpoint, ...over } : endpoint))

/** @throws Error for one that is not there */
export function endpointOf({ loads }: Comparison, name: string): ComparedEndpoint {
  const found = loads.flatMap((load) => [load.whole, ...load.endpoints])
  const endpoint = found.find((each) => each.name === name)
  if (endpoint === undefined) throw new Error(`no endpoint ${name}`)
  return endpoint
}

/** @throws Error for one that is not there */
export function figureOf(comparison: Comparison, name: string, metric: string): ComparedFigure {
  const figure = endpointOf(comparison, name).figures.find((each) => each.metric === metric)
  if (figure === undefined) throw new Error(`no ${metric} of ${name}`)
  return figure
}
