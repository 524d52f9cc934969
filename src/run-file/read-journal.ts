import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { JOURNAL, linesOf, partFile, type JournalHead, type Part } from './journal-lines.ts'
import type { Patch } from './patch.ts'
import { Replay } from './replay.ts'
import { VERSION } from './run-file.ts'
import { toRunRecord, type RunRecord } from './run-record.ts'

/** A load as its journal has it. */
export interface JournalRun {
  readonly head: JournalHead
  readonly run: RunRecord
}

/** The load of these parts; `undefined` when they hold none that can be read. */
export async function readJournal(
  folder: string,
  parts: readonly Part[],
): Promise<JournalRun | undefined> {
  const texts = await Promise.all(
    parts.map((part) => readFile(join(folder, partFile(part)), 'utf8')),
  )
  const [head, ...patches] = texts.flatMap(linesOf)
  if (!isHead(head) || head.version !== VERSION) return undefined
  const replay = new Replay(head)
  for (const patch of patches as Patch[]) replay.add(patch)
  const run = replay.run()
  return run && { head, run: toRunRecord(run) }
}

const isHead = (line: unknown): line is JournalHead =>
  typeof line === 'object' && line !== null && 'format' in line && line.format === JOURNAL
