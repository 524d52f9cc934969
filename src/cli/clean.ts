import { readdir, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { counted } from '../report/figures.ts'
import { listRuns, type RunEntry } from '../run-file/list-runs.ts'
import { agreed } from './agreed.ts'
import { command, SHARED } from './command.ts'
import { EXIT } from './exit.ts'
import { resultsFolder } from './runs.ts'
import { note, say, sayJson } from './terminal.ts'
import { wholeNumber } from './whole-number.ts'

export const clean = command({
  usage: 'clean',
  about: 'Deletes the runs that are kept, with the reports and exports beside them.',
  more: 'It says how many, and asks. A run that is under way is left alone, and so are files under other names.',
  args: {
    keep: { type: 'string', valueHint: 'n', description: 'not the latest n (0)' },
    yes: { type: 'boolean', description: 'do not ask' },
    dir: SHARED.dir,
    json: { type: 'boolean', description: 'the names as JSON; nothing is done without --yes' },
  },
  examples: [
    ['clean', 'all of them'],
    ['clean --keep 20 --yes', 'all but the latest twenty, in a script'],
  ],
  run: async ({ args: { keep, yes = false, json = false, dir } }) => {
    const kept: string | undefined = keep
    const folder = resultsFolder(dir)
    const most = kept === undefined ? 0 : wholeNumber('--keep', kept, 0)
    const old = await stopped((await listRuns(folder)).slice(most))
    const todo = old.length > 0
    const question = `Delete ${counted(old.length, 'run')} in ${relative('', folder)}?`
    const go = todo && (yes || (!json && (await agreed(question))))
    if (go) await removeAll(folder, old)
    if (json) sayJson({ runs: old.map(({ id }) => id), done: go })
    else if (!todo) say('There is nothing to delete.')
    else say(go ? `Deleted ${counted(old.length, 'run')}.` : 'Nothing was deleted.')
    return EXIT.fine
  },
})

/** A run that is under way writes every second; on a busy machine less often. */
const SILENCE = 30_000

async function stopped(entries: readonly RunEntry[]): Promise<RunEntry[]> {
  const found: RunEntry[] = []
  for (const entry of entries) {
    if (entry.partial && Date.now() - (await lastWritten(entry.path)) < SILENCE) {
      note(`! ${entry.id} may be under way: left alone`)
    } else found.push(entry)
  }
  return found
}

async function lastWritten(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => [])
  const times = await Promise.all(
    ['', ...names].map((name) => stat(join(folder, name)).catch(() => undefined)),
  )
  return Math.max(0, ...times.map((each) => each?.mtimeMs ?? 0))
}

/** What is made of a run is called after it: `<id>.html`, `<id>_stats.csv`, `<id>-2.json`. */
async function removeAll(folder: string, runs: readonly RunEntry[]): Promise<void> {
  const names = await readdir(folder)
  for (const { id } of runs) {
    const its = names.filter(
      (name) => name.startsWith(id) && !/^[0-9a-z]/.test(name.slice(id.length)),
    )
    await Promise.all(
      its.map((name) => rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 })),
    )
  }
}
