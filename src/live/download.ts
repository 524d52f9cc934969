import { UsageError } from '../errors/usage-error.ts'
import { cleanText } from '../report/clean-text.ts'
import { toLocustCsv, type LocustCsv } from '../report/export/locust-csv.ts'
import { renderHtml } from '../report/html.ts'
import { loadsOf } from '../report/loads.ts'
import { renderMarkdown } from '../report/markdown.ts'
import type { RunFile, TestEntry } from '../run-file/run-file.ts'

/** Of which load files are that are of one; the last one without any. */
export interface WhichLoad {
  /** Its number, from 1: of all loads, or of those of its test. */
  readonly load?: string | undefined
  /** `tests/chat.perf.ts › chat › 100 users`, as the page has it. */
  readonly test?: string | undefined
}

interface Made {
  readonly type: string
  make(file: RunFile, which: WhichLoad): string
}

const csv = (which: keyof LocustCsv): Made => ({
  type: 'text/csv; charset=utf-8',
  make: (file, load) => toLocustCsv(chosen(file, load))[which],
})

/** What can be downloaded of a run, finished or not. */
const FILES: Readonly<Record<string, Made>> = {
  'report.html': { type: 'text/html; charset=utf-8', make: (file) => renderHtml(file) },
  'run.json': {
    type: 'application/json',
    make: (file) => `${JSON.stringify(file, undefined, 2)}\n`,
  },
  'report.md': { type: 'text/markdown; charset=utf-8', make: (file) => renderMarkdown(file) },
  'stats.csv': csv('stats'),
  'stats_history.csv': csv('history'),
  'failures.csv': csv('failures'),
  'exceptions.csv': csv('exceptions'),
}

/** A file that is made of the run as it is by now. */
export function download(name: string, file: RunFile | undefined, which: WhichLoad): Response {
  const made = Object.hasOwn(FILES, name) ? FILES[name] : undefined
  if (made === undefined) return failure(404, `there are ${Object.keys(FILES).join(', ')}`)
  if (file === undefined) return failure(404, 'no perf test has run yet')
  try {
    return attached(`${file.id}-${name}`, made.make(file, which), made.type)
  } catch (error) {
    if (error instanceof UsageError) return failure(404, error.message)
    throw error
  }
}

/** An answer that a browser saves, and does not show. */
export const attached = (name: string, text: string, type: string): Response =>
  new Response(text, {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  })

function chosen(file: RunFile, { load, test }: WhichLoad) {
  const all = loadsOf(file).filter((each) => test === undefined || nameOf(each.test) === test)
  const found = load === undefined ? all.at(-1) : all[Number(load) - 1]
  if (found !== undefined) return found
  throw UsageError.saying('load', `there are ${all.length} loads, of which that is none`, load)
}

const nameOf = ({ file, name }: TestEntry): string =>
  cleanText(`${file} › ${name.replaceAll(' > ', ' › ')}`)

const failure = (status: number, error: string): Response => Response.json({ error }, { status })
