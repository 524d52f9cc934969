import type { RunFile } from '../../run-file/run-file.ts'
import type { RunRecord } from '../../run-file/run-record.ts'
import { loadsOf, type Load } from '../loads.ts'
import { titleOf } from '../test-entries.ts'

/** One load in all runs; missing where a run does not have it. */
export interface PairedLoad {
  readonly title: string
  readonly records: readonly (RunRecord | undefined)[]
}

export interface Pairing {
  readonly paired: readonly PairedLoad[]
  /** Titles of what only the first run has, and only the last one. */
  readonly gone: readonly string[]
  readonly added: readonly string[]
}

/** Loads belong together that are the same one of the same test. */
export function pairLoads(files: readonly RunFile[]): Pairing {
  const runs = files.map((file) => new Map(loadsOf(file).map((load) => [keyOf(load), load])))
  const [first = new Map<string, Load>(), last = first] = [runs[0], runs.at(-1)]
  const names = (of: ReadonlyMap<string, Load>, without: ReadonlyMap<string, Load>): string[] =>
    [...of].flatMap(([key, load]) => (without.has(key) ? [] : [nameOf(load)]))
  const paired = [...first].flatMap(([key, load]) =>
    last.has(key)
      ? [{ title: nameOf(load), records: runs.map((run) => run.get(key)?.record) }]
      : [],
  )
  return { paired, gone: names(first, last), added: names(last, first) }
}

const keyOf = ({ test, index }: Load): string => JSON.stringify([test.file, test.name, index])

const nameOf = ({ test, index }: Load): string =>
  `${titleOf(test)}${index === 0 ? '' : ` #${index + 1}`}`
