import type { RunData } from '../load/load-run.ts'

const NAMES = [
  'reason',
  'source',
  'limits',
  'verdict',
  'extension',
  'warmUp',
  'steps',
  'repeats',
  'generators',
] as const

/** What not every run has, and a file leaves out where it is missing. */
type Given = Pick<RunData, (typeof NAMES)[number]>

/** Of these what there is. */
export const givenOf = (record: Given): Given =>
  Object.fromEntries(
    NAMES.flatMap((name) => (record[name] === undefined ? [] : [[name, record[name]] as const])),
  )
