import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { linesOf, partFile, type Part } from './journal-lines.ts'
import type { Patch } from './patch.ts'
import { isHead, Replay, type JournalRun } from './replay.ts'

/** The load of these parts; `undefined` when they hold none that can be read. */
export async function readJournal(
  folder: string,
  parts: readonly Part[],
): Promise<JournalRun | undefined> {
  const texts = await Promise.all(
    parts.map((part) => readFile(join(folder, partFile(part)), 'utf8')),
  )
  const [head, ...patches] = texts.flatMap(linesOf)
  if (!isHead(head)) return undefined
  const replay = new Replay(head)
  for (const patch of patches as Patch[]) replay.add(patch)
  return replay.run()
}
