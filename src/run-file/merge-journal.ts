import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bytes } from '../units/units.ts'
import { linesOf, partFile, partsOf, toLine, type JournalHead, type Part } from './journal-lines.ts'
import { joined, type Patch } from './patch.ts'

/** What the parts of a journal take as one, however long its load lasts. */
const MOST_BYTES: Bytes = 6_000_000

/**
 * Makes one part of those parts of each journal that are ended: two seconds become one line, then four …,
 * so that a soak takes constant space. A process that is killed in the middle of it loses nothing.
 */
export async function mergeJournals(folder: string, most = MOST_BYTES): Promise<void> {
  const files = await readdir(folder).catch(() => [])
  for (const parts of partsOf(files).values()) {
    const ended = parts.slice(0, -1)
    if (ended.length > 1) await mergeParts(folder, ended, most)
  }
}

async function mergeParts(folder: string, parts: readonly Part[], most: Bytes): Promise<void> {
  const [first, last] = [parts[0], parts.at(-1)]
  if (first === undefined || last === undefined) return
  const paths = parts.map((part) => join(folder, partFile(part)))
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8')))
  const [head, ...patches] = texts.flatMap(linesOf) as [JournalHead, ...Patch[]]
  const lines = fitting(patches, most)
  const path = join(folder, partFile({ name: first.name, from: first.from, to: last.to }))
  await writeFile(`${path}.tmp`, [toLine(head), ...lines].join(''))
  await rename(`${path}.tmp`, path)
  await Promise.all(paths.map((each) => rm(each, { force: true })))
}

/** As lines that take at most half of that room, so that the next part fits. */
function fitting(patches: readonly Patch[], most: Bytes): readonly string[] {
  const lines = patches.map(toLine)
  const bytes = lines.reduce((sum, line) => sum + line.length, 0)
  if (bytes <= most / 2 || patches.length < 2) return lines
  const pairs = Array.from({ length: Math.ceil(patches.length / 2) }, (_, at) => {
    const [left, right] = patches.slice(2 * at, 2 * at + 2) as [Patch, Patch | undefined]
    return right === undefined ? left : joined(left, right)
  })
  return fitting(pairs, most)
}
