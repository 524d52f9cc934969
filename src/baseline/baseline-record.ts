import type { LoadShape } from '../load/load-shape.ts'
import type { OperationRecord } from './run-figures.ts'

/** The `format` of every file of baselines. */
export const FORMAT = 'vitest-perf baselines'
/** The version that this package writes. */
export const VERSION = 1

/** One run that was kept. */
export interface RunRecord {
  /** When it began: ISO 8601. */
  readonly at: string
  /** Of this package and of Node. */
  readonly by: string
  /** By the name of the operation; that of the run itself is `all requests`. */
  readonly operations: Readonly<Record<string, OperationRecord>>
}

/** What is known of one baseline on one kind of machine. */
export interface MachineBaseline {
  /** The load as it was asked for; absent for what is not the result of a load. */
  readonly load: LoadShape
  /** The oldest first. */
  readonly runs: readonly RunRecord[]
}

/** A baseline, by the fingerprint of the machine. */
export type Baseline = Readonly<Record<string, MachineBaseline>>

/** The baselines of one test file, by the name of the test and their number in it. */
export type Baselines = Readonly<Record<string, Baseline>>

/** Runs that a baseline holds at most: more make the interval hardly narrower. */
export const MOST_RUNS = 20

/** The file's text: keys in order, a run on a line, so that a change is a few lines of a diff. */
export function renderBaselines(baselines: Baselines): string {
  const entries = inOrder(baselines).map(([key, baseline]) => {
    const machines = inOrder(baseline).map(([machine, { load, runs }]) => {
      const lines = runs.map((run) => `          ${JSON.stringify(run)}`)
      return [
        `      ${JSON.stringify(machine)}: {`,
        `        "load": ${JSON.stringify(load)},`,
        `        "runs": [`,
        lines.join(',\n'),
        '        ]',
        '      }',
      ].join('\n')
    })
    return `    ${JSON.stringify(key)}: {\n${machines.join(',\n')}\n    }`
  })
  const head = `  "format": ${JSON.stringify(FORMAT)},\n  "version": ${VERSION},\n  "baselines": {`
  return `{\n${head}\n${entries.join(',\n')}\n  }\n}\n`
}

/** In the order in which people count: `chat 2` before `chat 10`. */
const inOrder = <T>(record: Readonly<Record<string, T>>): [string, T][] =>
  Object.entries(record).toSorted(([left], [right]) => collator.compare(left, right))

const collator = new Intl.Collator('en', { numeric: true })
