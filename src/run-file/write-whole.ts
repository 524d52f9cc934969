import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Where a file is, or why it could not be written: that spoils no test. */
export type Written = { readonly path: string } | { readonly warning: string }

/**
 * Writes a file, into a folder that is made when it is not there. A reader finds the file of before or the
 * new one, never half of one. Synchronous, so that it also works while the process ends. `what` is for the
 * warning: `the report`.
 */
export function writeWhole(path: string, text: string, what: string): Written {
  const draft = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`)
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(draft, text)
    renameSync(draft, path)
    return { path }
  } catch (error) {
    discard(draft)
    const reason = error instanceof Error ? error.message : String(error)
    return { warning: `${what} was not written: ${reason}` }
  }
}

/** A folder that cannot be written to cannot be tidied either. */
function discard(draft: string): void {
  try {
    rmSync(draft, { force: true })
  } catch {
    return
  }
}
