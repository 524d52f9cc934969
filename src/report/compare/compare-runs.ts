import { UsageError } from '../../errors/usage-error.ts'
import type { RunFile } from '../../run-file/run-file.ts'
import type { RunRecord } from '../../run-file/run-record.ts'
import { fromRunRecord } from '../../run-file/run-record.ts'
import { judgedOf, usersOf } from '../load-facts.ts'
import { openFacts } from '../arrival-facts.ts'
import { chartsOf } from './charts.ts'
import type {
  CompareOptions,
  ComparedEndpoint,
  ComparedLoad,
  ComparedRun,
  Comparison,
  Obstacle,
} from './comparison.ts'
import { CONFIDENCE } from './estimates.ts'
import { judgeFigures, worstOf } from './judge-figures.ts'
import { mixOf } from './mix.ts'
import { loadObstacles, runObstacles } from './obstacles.ts'
import { pairLoads, type PairedLoad } from './pair-loads.ts'
import { rawEndpoints, rawWhole, type RawEndpoint } from './raw-endpoint.ts'
import type { RawFigure } from './raw-figure.ts'
import { suggestionsOf } from './suggestions.ts'

/**
 * Two or more runs, the last judged against the first; those between are for the trend. A change counts
 * when it is larger than the noise that both runs found in themselves, corrected for the number of
 * figures that are judged, and no less than `least`.
 * @throws UsageError for fewer than two runs, and for a `least` that is no share
 */
export function compareRuns(
  files: readonly RunFile[],
  { least = 0.05, anyway = false }: CompareOptions = {},
): Comparison {
  const [base, head] = [files[0], files.at(-1)]
  if (base === undefined || head === undefined || files.length < 2) {
    throw new UsageError('compareRuns(runs)', 'two runs or more', files.length)
  }
  if (!(least >= 0 && least < 1)) {
    throw new UsageError('compareRuns least', 'a share from 0 up to 1, such as 0.05', least)
  }
  const obstacles = runObstacles(base, head)
  const { paired, gone, added } = pairLoads(files)
  const drafts = paired.map((each) => draftOf(each, anyway ? [] : obstacles, anyway))
  const reasons = new Map(drafts.flatMap(({ reasons: all }) => all))
  const figures = drafts
    .flatMap(({ whole, endpoints }) => [whole, ...endpoints])
    .flatMap((each) => each.figures)
  const judged = judgeFigures([...new Set(figures)], {
    least,
    blocked: (figure) => reasons.get(figure),
  })
  const loads = drafts.map((draft) => toLoad(draft, judged))
  return {
    runs: files.map(toRun),
    verdict: worstOf(loads.map(({ whole }) => whole.verdict)),
    obstacles,
    loads,
    gone,
    added,
    suggestions: drafts.flatMap(({ records }, at) =>
      suggestionsOf(loads[at] as ComparedLoad, records),
    ),
    rules: {
      confidence: CONFIDENCE,
      least,
      judged: [...judged.values()].filter(({ p }) => p !== undefined).length,
    },
  }
}

interface Draft extends PairedLoad {
  readonly obstacles: readonly Obstacle[]
  readonly whole: RawEndpoint
  readonly endpoints: readonly RawEndpoint[]
  /** Why figures are not judged. */
  readonly reasons: readonly (readonly [RawFigure, string])[]
}

function draftOf(paired: PairedLoad, common: readonly Obstacle[], anyway: boolean): Draft {
  const [base, head] = [paired.records[0], paired.records.at(-1)] as [RunRecord, RunRecord]
  const endpoints = rawEndpoints(paired.records)
  const whole = rawWhole(paired.records, endpoints)
  const own = loadObstacles(base, head)
  const mix = mixOf(base, head)
  const blocking = anyway ? undefined : [...common, ...own].find(({ blocks }) => blocks)?.text
  const all = [whole, ...endpoints].flatMap(({ figures }) => figures)
  return {
    ...paired,
    obstacles: own,
    whole,
    endpoints,
    reasons: [
      ...(mix === undefined ? [] : timesOf(whole).map((figure) => [figure, mix] as const)),
      ...(blocking === undefined ? [] : all.map((figure) => [figure, blocking] as const)),
    ],
  }
}

const timesOf = ({ figures }: RawEndpoint): readonly RawFigure[] =>
  figures.filter(({ metric }) => metric !== 'throughput')

function toLoad(
  { title, records, obstacles, whole, endpoints }: Draft,
  judged: ReturnType<typeof judgeFigures>,
): ComparedLoad {
  const all = endpoints.map((endpoint) => toEndpoint(endpoint, judged))
  const own = toEndpoint(whole, judged)
  // All together are as bad as the worst among them.
  const together = { ...own, verdict: worstOf([own, ...all].map(({ verdict }) => verdict)) }
  return {
    title,
    shape: shapeOf(records[0]),
    obstacles,
    whole: together,
    endpoints: all,
    charts: chartsOf(records, own, all),
  }
}

function toEndpoint(
  { name, requests, figures: raw }: RawEndpoint,
  judged: ReturnType<typeof judgeFigures>,
): ComparedEndpoint {
  const figures = raw.flatMap((figure) => judged.get(figure) ?? [])
  const verdict = worstOf(figures.map((figure) => figure.verdict))
  const why = verdict === 'not comparable' ? figures.find((figure) => figure.why)?.why : undefined
  return { name, requests, figures, verdict, ...(why !== undefined && { why }) }
}

function shapeOf(record: RunRecord | undefined): string {
  if (record === undefined) return ''
  const run = fromRunRecord(record)
  const { shape } = run
  return [
    judgedOf(run),
    ...(shape.model === 'open' ? openFacts(shape, run) : [usersOf(shape)]),
  ].join(' · ')
}

const toRun = ({ id, startedAt, ending, git }: RunFile): ComparedRun => ({
  id,
  startedAt,
  ending,
  ...(git !== undefined && {
    revision: `${git.branch ?? 'detached'}@${git.commit.slice(0, 7)}${git.dirty ? ' + changes' : ''}`,
  }),
})
