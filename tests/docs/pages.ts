import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')

/** A fenced block of a page. Readers on GitHub see neither title nor language. */
export interface Fence {
  /** `docs/matchers.md:12` */
  readonly place: string
  readonly language: string
  /** The file that the block is: ```` ```ts title="tests/perf/chat.perf.ts" ````. */
  readonly title: string | undefined
  readonly text: string
}

/** The README and every page of `docs/`. */
export const PAGES: readonly string[] = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

export const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8')

const FENCE = /^```(\w*)(?: title="([^"]+)")?\n(.*?)^```$/gms

export function fencesOf(page: string): readonly Fence[] {
  const all = textOf(page)
  return [...all.matchAll(FENCE)].map((match) => {
    const [, language = '', title, text = ''] = match
    const line = all.slice(0, match.index).split('\n').length
    return { place: `${page}:${line}`, language, title, text }
  })
}

/** The blocks of a page that are files of a project; blocks of one title are one file. */
export function filesOf(page: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const { language, title, text } of fencesOf(page)) {
    if (title === undefined || !FILES.includes(language)) continue
    files.set(title, `${files.get(title) ?? ''}${text}`)
  }
  return files
}

/** The languages whose blocks are files. */
export const FILES: readonly string[] = ['ts', 'js', 'json', 'csv']

/** The languages whose blocks are only shown: what programs print, and what other tools read. */
export const SHOWN: readonly string[] = ['text', 'python', 'yaml', 'javascript']
