import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addDevDependency, type PackageManager } from 'nypm'
import { UsageError } from '../../errors/usage-error.ts'

/** A package manager's way to add what is missing. */
export interface Install {
  /** `npm install -D vitest@^5` */
  readonly line: string
  /** What it prints is seen, unless it is to be silent. @throws UsageError with what to do by hand */
  readonly run: (silent: boolean) => Promise<void>
}

/** How these packages are installed in a folder; nothing when none is missing. */
export async function installOf(
  missing: readonly string[],
  folder: string,
  packageManager: PackageManager,
): Promise<Install | undefined> {
  if (missing.length === 0) return undefined
  // At the root of a workspace these two want to be told that it is meant.
  const isRoot =
    (packageManager.name === 'pnpm' && existsSync(join(folder, 'pnpm-workspace.yaml'))) ||
    (packageManager.name === 'yarn' && packageManager.majorVersion === '1')
  const options = { cwd: folder, packageManager, workspace: isRoot }
  const { exec } = await addDevDependency([...missing], { ...options, dry: true })
  const line = [exec?.command, ...(exec?.args ?? [])].join(' ')
  const run = async (silent: boolean): Promise<void> => {
    try {
      await addDevDependency([...missing], { ...options, silent })
    } catch {
      const message = `${line} failed: run it by hand, and then vitest-perf init again`
      throw UsageError.saying('install', message)
    }
  }
  return { line, run }
}
