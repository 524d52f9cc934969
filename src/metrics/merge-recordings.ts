import { mergeHistograms } from '../stats/histogram.ts'
import { joinCells, type Cell } from './cell.ts'
import type { ErrorGroup } from './error-groups.ts'
import type { FlowData, FlowWindow } from './flow.ts'
import { joinChecks, joinErrors, joinMetrics } from './join-metrics.ts'
import { mergeGrids, type MergedGrid } from './merge-grids.ts'
import type { RecordingPart, SeriesPart } from './recording-part.ts'
import { joinSeries } from './series-data.ts'
import type { SocketsData } from './sockets.ts'

/**
 * The recordings of one phase that several generators made side by side, as one: histograms bucket by
 * bucket, counts and windows added up, nothing averaged. What comes of it can be merged again, in any
 * grouping: the sum is the same.
 */
export function mergeRecordings(parts: readonly RecordingPart[]): RecordingPart {
  const [only] = parts
  if (only !== undefined && parts.length === 1) return only
  const grid = mergeGrids(parts.map((part) => part.grid))
  const series = (pick: (part: RecordingPart) => readonly SeriesPart[]): readonly SeriesPart[] =>
    namesOf(parts.map(pick)).map((name) =>
      mergeSeries(
        name,
        parts.map((part) => pick(part).find((each) => each.name === name)),
        grid,
      ),
    )
  const one = (pick: (part: RecordingPart) => SeriesPart): SeriesPart =>
    mergeSeries(parts[0] === undefined ? '' : pick(parts[0]).name, parts.map(pick), grid)
  return {
    grid: grid.windows,
    operations: series((part) => part.operations),
    iterations: one((part) => part.iterations),
    ownFailures: one((part) => part.ownFailures),
    groups: series((part) => part.groups),
    errors: mergeErrors(parts.map(({ errors }) => errors)),
    metrics: joinMetrics(parts.map(({ metrics }) => metrics)),
    checks: joinChecks(parts.map(({ checks }) => checks)),
    arrivals: mergeArrivals(parts.flatMap(({ arrivals }) => arrivals ?? [])),
    sockets: mergeSockets(parts.map(({ sockets }) => sockets)),
    openings: mergeOpenings(parts.map(({ openings }) => openings)),
  }
}

const namesOf = (all: readonly (readonly SeriesPart[])[]): readonly string[] => [
  ...new Set(all.flat().map(({ name }) => name)),
]

/** @param parts one for each generator; `undefined` where the name did not occur */
function mergeSeries(
  name: string,
  parts: readonly (SeriesPart | undefined)[],
  { places }: MergedGrid,
): SeriesPart {
  const known = knownParts(parts)
  const whole = known.map(({ joint: _joint, cells: _cells, generator: _of, ...rest }) => ({
    ...rest,
    joint: undefined,
  }))
  const { windows: _windows, joint: _none, ...sum } = joinSeries(name, whole, [])
  const joint = known.flatMap((part) => part.joint ?? [])
  const cells = new Map<number, Cell[]>()
  for (const part of known) {
    for (const [index, cell] of part.cells) {
      const place = places[part.generator]?.[index] as number
      const there = cells.get(place)
      if (there === undefined) cells.set(place, [cell])
      else there.push(cell)
    }
  }
  return {
    ...sum,
    part: known.some(({ part }) => part),
    tags: [...new Set(known.flatMap(({ tags }) => tags))],
    ...(joint.length > 0 && { joint }),
    cells: [...cells]
      .toSorted(([left], [right]) => left - right)
      .map(([place, all]) => [place, joinCells(all)] as const),
  }
}

/**
 * Those in which a name occurred. Where it streams in one of them, failures in another are of streams too: there
 * it may have failed before it could be seen to stream.
 */
function knownParts(
  parts: readonly (SeriesPart | undefined)[],
): readonly (SeriesPart & { readonly generator: number })[] {
  const known = parts.flatMap((part, generator) => (part ? [{ ...part, generator }] : []))
  if (!known.some(streams)) return known
  return known.map((part) => (streams(part) ? part : { ...part, ...asStreams(part) }))
}

const streams = ({ streamFailures, ttft, ttct, tokens }: SeriesPart): boolean =>
  streamFailures > 0 || ttft.count > 0 || ttct.count > 0 || tokens !== undefined

const asStreams = ({ cells }: SeriesPart): Pick<SeriesPart, 'streamFailures' | 'cells'> => ({
  streamFailures: cells.reduce((sum, [, { failed }]) => sum + failed, 0),
  cells: cells.map(([index, cell]) => [
    index,
    cell.failed > 0 ? { ...cell, streamFailed: cell.failed } : cell,
  ]),
})

/** The first of its kind is the one that came first, whoever met it. */
function mergeErrors(all: readonly (readonly ErrorGroup[])[]): readonly ErrorGroup[] {
  const inTime = all.flat().toSorted((left, right) => left.firstAt - right.firstAt)
  const last = new Map<string, number>()
  for (const group of inTime) {
    last.set(keyOf(group), Math.max(last.get(keyOf(group)) ?? 0, group.lastAt))
  }
  return joinErrors([inTime]).map((group) => ({
    ...group,
    lastAt: last.get(keyOf(group)) ?? group.lastAt,
  }))
}

const keyOf = ({ kind, name, message }: ErrorGroup): string => `${kind} ${name} ${message}`

function mergeArrivals(
  all: readonly NonNullable<RecordingPart['arrivals']>[],
): RecordingPart['arrivals'] {
  if (all.length === 0) return undefined
  return {
    late: all.reduce((sum, { late }) => sum + late, 0),
    dropped: all.reduce((sum, { dropped }) => sum + dropped, 0),
    lag: mergeHistograms(all.map(({ lag }) => lag)),
  }
}

function mergeSockets(all: readonly SocketsData[]): SocketsData {
  const closed: Record<string, number> = {}
  for (const [code, count] of all.flatMap((each) => Object.entries(each.closed))) {
    closed[code] = (closed[code] ?? 0) + count
  }
  return {
    opened: all.reduce((sum, { opened }) => sum + opened, 0),
    recovered: all.reduce((sum, { recovered }) => sum + recovered, 0),
    closed,
    sent: mergeFlows(all.map(({ sent }) => sent)),
    received: mergeFlows(all.map(({ received }) => received)),
  }
}

/** Each has windows of one width, which doubles as a run gets long: the widest is that of all. */
function mergeFlows(all: readonly FlowData[]): FlowData {
  const width = Math.max(1, ...all.flatMap(({ windows }) => windows[0]?.width ?? []))
  const counts: number[] = []
  for (const { at, count } of all.flatMap(({ windows }) => windows)) {
    const index = Math.floor(at / width)
    while (counts.length <= index) counts.push(0)
    counts[index] = (counts[index] as number) + count
  }
  return {
    count: all.reduce((sum, { count }) => sum + count, 0),
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    windows: counts.map((count, index): FlowWindow => ({ at: index * width, width, count })),
  }
}

function mergeOpenings(all: readonly RecordingPart['openings'][]): RecordingPart['openings'] {
  const merge = (of: keyof RecordingPart['openings']) =>
    mergeHistograms(all.map((each) => each[of]))
  return { dns: merge('dns'), connect: merge('connect'), tls: merge('tls'), total: merge('total') }
}
