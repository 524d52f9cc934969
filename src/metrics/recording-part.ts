import { assemble, type WindowsOf } from './assemble.ts'
import { joinCells, type Cell } from './cell.ts'
import { joinJointTimes } from './joint-times.ts'
import { packJointTimes, unpackJointTimes, type PackedTimes } from './kept-times.ts'
import type { Recorded, RecorderState } from './recorded.ts'
import type { SeriesState } from './series-data.ts'
import type { Window } from './timeline.ts'

/** A series of a part: its times of streams are packed, so that all of it is JSON. */
export type SeriesPart = Omit<SeriesState, 'joint'> & {
  readonly joint?: readonly PackedTimes[] | undefined
  /** The windows of the grid in which it did something: `[index, cell]`. */
  readonly cells: readonly (readonly [index: number, cell: Cell])[]
}

/** A window of the grid that all series of a part share. */
export type GridWindow = Pick<Window, 'at' | 'width' | 'users'>

/**
 * All that one recorder holds, or several generators' together, as plain JSON. Nothing in it is
 * a figure that was worked out: all of it adds up.
 */
export interface RecordingPart extends Omit<
  RecorderState,
  'operations' | 'iterations' | 'ownFailures' | 'groups'
> {
  readonly grid: readonly GridWindow[]
  readonly operations: readonly SeriesPart[]
  readonly iterations: SeriesPart
  readonly ownFailures: SeriesPart
  readonly groups: readonly SeriesPart[]
}

/** What a recorder holds, ready to cross to another process. */
export function packRecording(state: RecorderState, windowsOf: WindowsOf): RecordingPart {
  const pack = (series: SeriesState): SeriesPart => {
    const { joint, ...rest } = series
    return {
      ...rest,
      ...(joint !== undefined && { joint: packJointTimes(joint) }),
      cells: windowsOf([series]).flatMap((window, at) => cellOf(window, at)),
    }
  }
  return {
    ...state,
    grid: windowsOf([state.iterations]).map(({ at, width, users }) => ({ at, width, users })),
    operations: state.operations.map(pack),
    iterations: pack(state.iterations),
    ownFailures: pack(state.ownFailures),
    groups: state.groups.map(pack),
  }
}

function cellOf(
  { at: _at, width: _width, users: _users, ...cell }: Window,
  index: number,
): readonly (readonly [number, Cell])[] {
  const { ok, failed, aborted, latency, times, tokens } = cell
  const some = ok + failed + aborted + latency.count > 0 || times !== undefined
  return some || tokens !== undefined ? [[index, cell]] : []
}

/** What was packed, as a recorder would give it. */
export function unpackRecording(part: RecordingPart): Recorded {
  const state = unpackState(part)
  const [series, packed] = [allOf<SeriesState>(state), allOf<SeriesPart>(part)]
  const cells = new Map(series.map((each, at) => [each, packed[at]?.cells ?? []]))
  return assemble(state, (wanted) =>
    windowsOn(
      part.grid,
      wanted.map((each) => cells.get(each) ?? []),
    ),
  )
}

/** The same without its course. */
export function unpackState({ grid: _grid, ...part }: RecordingPart): RecorderState {
  const unpack = ({ joint = [], cells: _cells, ...rest }: SeriesPart): SeriesState => ({
    ...rest,
    joint: joinJointTimes(joint.map(unpackJointTimes)),
  })
  return {
    ...part,
    operations: part.operations.map(unpack),
    iterations: unpack(part.iterations),
    ownFailures: unpack(part.ownFailures),
    groups: part.groups.map(unpack),
  }
}

interface Kinds<T> {
  readonly operations: readonly T[]
  readonly iterations: T
  readonly ownFailures: T
  readonly groups: readonly T[]
}

const allOf = <T>({ operations, iterations, ownFailures, groups }: Kinds<T>): readonly T[] => [
  ...operations,
  iterations,
  ownFailures,
  ...groups,
]

function windowsOn(
  grid: readonly GridWindow[],
  all: readonly SeriesPart['cells'][],
): readonly Window[] {
  const cells = grid.map((): Cell[] => [])
  for (const [index, cell] of all.flat()) cells[index]?.push(cell)
  return grid.map(({ at, width, users }, index) => ({
    at,
    width,
    users,
    ...joinCells(cells[index] ?? []),
  }))
}
