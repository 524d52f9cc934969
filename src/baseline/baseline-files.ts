import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

/** The text of a file; `undefined` when there is none. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Writes a file whole: a reader finds the one of before or the new one, never half of one. */
export function writeWhole(path: string, text: string): void {
  const draft = `${path}.${process.pid}.tmp`
  mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(draft, text)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

/** Removes a file, and its folder when that is empty then. */
export function removeFile(path: string): void {
  rmSync(path, { force: true })
  try {
    rmdirSync(dirname(path))
  } catch {
    // Others lie in it.
  }
}

/** Copies a file to a name beside it that nothing has: `….kept`, `….kept-2`. Gives that name. */
export function keepCopy(path: string): string {
  for (let count = 1; ; count++) {
    const copy = `${path}.kept${count === 1 ? '' : `-${count}`}`
    if (existsSync(copy)) continue
    copyFileSync(path, copy)
    return copy
  }
}
