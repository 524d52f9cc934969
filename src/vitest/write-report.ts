import { resolve } from 'node:path'
import { renderHtml } from '../report/html.ts'
import type { RunFile } from '../run-file/run-file.ts'
import { writeWhole, type Written } from '../run-file/write-whole.ts'
import { reportName } from './report-name.ts'

/** Writes the report of a run for a browser. `name` has places to fill, and is from `root`. */
export function writeReport(file: RunFile, name: string, root: string): Written {
  try {
    return writeWhole(resolve(root, reportName(name, file)), renderHtml(file), 'the report')
  } catch (error) {
    // The run is on the disk: a report can be made of it again.
    const reason = error instanceof Error ? error.message : String(error)
    return { warning: `the report was not written: ${reason}` }
  }
}
