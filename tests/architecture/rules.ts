import { posix } from 'node:path'
import { blank, lineAt } from './blank.ts'
import { importsOf, type Import } from './imports.ts'

/** The folders of `src/`, lowest first: a file imports from its own folder or from one before it. */
export const FOLDERS = (
  'errors units stats clock metrics limits clients service monitors data load baseline ' +
  'matchers run-file report cluster live cli vitest'
).split(' ')

/** A source file: its path from the root of the repository (`src/load/run.ts`) and its text. */
export interface Source {
  readonly path: string
  readonly text: string
}

const SHELVES = /^(?:utils?|helpers?|common|types?|constants?|misc)$/
const REEXPORT =
  /\b(?:import|export)\b(?:\s+type)?\s*(?:\*(?:\s+as\s+\w+)?|\w+|(?:\w+\s*,\s*)?\{[^}]*\})\s*from\s*(['"])\s*\1;?|\bexport\s+(?:type\s+)?\{[^}]*\};?/g

/** One line for each rule that a source breaks: `src/load/run.ts:12 imports …: what to do`. */
export function breaches(source: Source): string[] {
  const code = blank(source.text)
  const at = (offset: number): string => `${source.path}:${lineAt(code, offset)}`
  return [
    ...importsOf(source.text).flatMap((each) => importBreaches(source.path, each)),
    ...found(code, /(?::|\bas|<)\s*any\b/g).map(
      (offset) => `${at(offset)} says any: write the type, or unknown and narrow it`,
    ),
    ...found(code, /\bas\s+unknown\s+as\b/g).map(
      (offset) => `${at(offset)} says "as unknown as": give the value its type where it is made`,
    ),
    // The formatter puts statements of the module, and only those, in the first column.
    ...found(code, /^(?:export\s+)?(?:let|var)\b/gm).map(
      (offset) => `${at(offset)} keeps state in the module: move it into what has a lifetime`,
    ),
    ...shapeBreaches(source, code),
  ]
}

function importBreaches(path: string, { specifier, line, typeOnly }: Import): string[] {
  const at = `${path}:${line} imports ${specifier}`
  const from = folderOf(path)
  if (from === undefined) return []
  if (/^@?vitest(?:\/|$)/.test(specifier)) {
    if (from === 'vitest' || (from === 'matchers' && typeOnly)) return []
    return [`${at}: only src/vitest/ knows Vitest (matchers its types); pass in what is needed`]
  }
  if (/^vitest-perf(?:\/|$)/.test(specifier)) return [`${at}: import the file itself`]
  if (!specifier.startsWith('.')) return []
  const target = posix.join(posix.dirname(path), specifier)
  const to = folderOf(target)
  if (to === undefined) return [`${at}: nothing in ${from}/ may import from outside the folders`]
  if (FOLDERS.indexOf(to) <= FOLDERS.indexOf(from)) return []
  return [
    `${at}: ${to}/ comes after ${from}/ in the list of folders; move what is shared down, or pass it in`,
  ]
}

/** `load` for `src/load/run.ts`; nothing for an entry point and for what is outside of `src/`. */
function folderOf(path: string): string | undefined {
  return /^src\/([^/]+)\//.exec(path)?.[1]
}

function shapeBreaches({ path, text }: Source, code: string): string[] {
  const folder = folderOf(path)
  const lines = text.trimEnd().split('\n').length
  const names = path.replace(/\.ts$/, '').split('/')
  const listed = folder === undefined || FOLDERS.includes(folder)
  return [
    ...(listed ? [] : [`${path} is in no known folder: add ${folder} to the ordered list`]),
    ...(lines > 200 ? [`${path}:200 has ${lines} lines, at most 200: split it by idea`] : []),
    ...(names.some((name) => SHELVES.test(name))
      ? [`${path} is named after a shelf: name it after what is in it`]
      : []),
    ...(folder !== undefined && isBarrel(code)
      ? [`${path}:1 only re-exports: import from the files themselves`]
      : []),
  ]
}

function isBarrel(code: string): boolean {
  return /\bexport\b/.test(code) && code.replace(REEXPORT, '').trim() === ''
}

function found(code: string, pattern: RegExp): number[] {
  return [...code.matchAll(pattern)].map((match) => match.index)
}
