import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A package as a folder finds it. */
export interface Found {
  readonly version: string
  /** Its folder. */
  readonly path: string
}

/** The package that a project in this folder gets, or nothing when it has none. */
export function findPackage(name: string, folder: string): Found | undefined {
  try {
    const manifest = createRequire(join(folder, 'noop.js')).resolve(`${name}/package.json`)
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string }
    return { version, path: dirname(manifest) }
  } catch {
    return undefined
  }
}
