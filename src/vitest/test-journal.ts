import { randomUUID } from 'node:crypto'
import { inject, type TestContext } from 'vitest'
import type { Journal } from '../load/journal.ts'
import { JournalFile } from '../run-file/write-journal.ts'
import { PROJECT } from './projects.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the run that goes on, for what is measured in it. */
    'vitest-perf:journal': string
  }
}

/** Gives each load of a test its journal; `undefined` where no run goes on that could keep it. */
export function journalOf(
  { id, file }: TestContext['task'],
  title: string,
): (() => Journal) | undefined {
  const folder = inject('vitest-perf:journal') as string | undefined
  if (folder === undefined) return undefined
  const test = { file: file.name, name: title, project: PROJECT }
  return () => new JournalFile({ folder, test, name: `${id}.${randomUUID().slice(0, 8)}` })
}
