import type { RunFile } from './run-file.ts'
import { writeWhole, type Written } from './write-whole.ts'

/** Writes a run file; see `writeWhole`. */
export const writeRunFile = (path: string, file: RunFile): Written =>
  writeWhole(path, `${JSON.stringify(file)}\n`, 'the run file')
