import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, isAbsolute, relative, resolve } from 'node:path'
import { nearest } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'

/** How many names of a folder an error lists. */
const LISTED = 5

export interface FoundFile {
  /** Absolute. */
  readonly path: string
  /** As errors name it: from the working directory when it lies below, so that editors open it. */
  readonly label: string
}

/**
 * The file that a relative path means: the first that is there of those seen from `folders`. The
 * working directory alone would not do, for it is where Vitest was started and not where tests lie.
 *
 * @throws UsageError naming every path that was tried and what is there instead
 */
export async function findFile(file: string, folders: readonly string[]): Promise<FoundFile> {
  const tried = [...new Set(folders.map((folder) => resolve(folder, file)))]
  for (const path of tried) {
    if (await isFile(path)) return { path, label: labelOf(path) }
  }
  const lines = await Promise.all(tried.map(async (path) => `  - ${path} ${await why(path)}`))
  throw UsageError.saying(
    file,
    `${file} is not a file that can be read:\n${lines.join('\n')}`,
    file,
  )
}

/** Why a file that was found, or its folder, could not be read after all. */
export function unreadable({ label }: FoundFile, error: unknown): UsageError {
  const why = error instanceof Error ? error.message : String(error)
  return UsageError.saying(label, `${label} cannot be read: ${why}`)
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    // Pipes and devices can be read as well: `/dev/stdin`, process substitution.
    (found) => !found.isDirectory(),
    () => false,
  )
}

async function why(path: string): Promise<string> {
  const folder = dirname(path)
  const names = await readdir(folder).catch(() => undefined)
  if (names === undefined) return `(there is no folder ${folder})`
  const name = basename(path)
  if (names.includes(name)) return '(a folder)'
  const alike = names.filter((each) => extname(each) === extname(name)).toSorted()
  const guess = alikeName(name, names)
  const listed = alike.slice(0, LISTED).map((each) => JSON.stringify(each))
  const more = alike.length > LISTED ? ` and ${alike.length - LISTED} more` : ''
  const there = listed.length === 0 ? `no ${extname(name)} file` : `${listed.join(', ')}${more}`
  const hint = guess === undefined ? '' : `; did you mean ${JSON.stringify(guess)}?`
  return `(there: ${there}${hint})`
}

/** Extensions are left out, for they make all names alike; of one name, the same extension first. */
function alikeName(name: string, names: readonly string[]): string | undefined {
  const stem = (each: string): string => basename(each, extname(each))
  const guess = nearest(stem(name), names.map(stem))
  const among = names.filter((each) => stem(each) === guess)
  return among.find((each) => extname(each) === extname(name)) ?? among[0]
}

function labelOf(path: string): string {
  const below = relative(process.cwd(), path)
  return below.startsWith('..') || isAbsolute(below) ? path : below
}
