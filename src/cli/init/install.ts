import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addDevDependency, type PackageManager } from 'nypm'
import { UsageError } from '../../errors/usage-error.ts'

/** A package manager's way to add what is missing. */
export interface Install {
  /** `npm install -D vitest@^5` */
  readonly line: string
  /** @throws UsageError with what to do by hand */
  readonly run: () => Promise<void>
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
  const options = { cwd: folder, packageManager, silent: true, workspace: isRoot }
  const { exec } = await addDevDependency([...missing], { ...options, dry: true })
  const line = [exec?.command, ...(exec?.args ?? [])].join(' ')
  const run = async (): Promise<void> => {
    try {
      await addDevDependency([...missing], options)
    } catch (error) {
      const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
      const message = `${line} failed: ${why}. Run it by hand, and then vitest-perf init again`
      throw UsageError.saying('install', message)
    }
  }
  return { line, run }
}
