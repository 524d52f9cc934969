import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { UsageError } from '../errors/usage-error.ts'

/**
 * Writes a text to the path that was asked for; gives the path from here.
 * @throws UsageError when that is a folder
 */
export async function writeOutput(path: string, text: string): Promise<string> {
  const there = await stat(path).catch(() => undefined)
  if (/[/\\]$/.test(path) || there?.isDirectory() === true) {
    throw new UsageError('--output', 'the path of a file', path)
  }
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
  return relative('', path)
}

/** A file in the folder of a run. */
export const besides = (runPath: string, name: string): string => join(dirname(runPath), name)
