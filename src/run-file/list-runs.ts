import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PARTIAL } from './run-file.ts'

/** One run of a folder of results. */
export interface RunEntry {
  /** `2026-01-31T09-05-07-k3x9` */
  readonly id: string
  /** For `readRunFile`. */
  readonly path: string
  /** It has no end: it still runs, or was killed. */
  readonly partial: boolean
}

const NAME = /^(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-[0-9a-z]{4})(\.json|\.partial)$/

/** The runs of a folder of results, the newest first; none when there is no such folder. */
export async function listRuns(folder: string): Promise<readonly RunEntry[]> {
  const names = await readdir(folder).catch(() => [])
  const runs = new Map<string, RunEntry>()
  for (const name of names) {
    const [, id, kind] = NAME.exec(name) ?? []
    if (id === undefined) continue
    const partial = kind === PARTIAL
    // The folder of a run that came to its end is about to go.
    if (partial && runs.has(id)) continue
    runs.set(id, { id, path: join(folder, name), partial })
  }
  return [...runs.values()].toSorted((left, right) => (left.id < right.id ? 1 : -1))
}
