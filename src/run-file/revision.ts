import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Revision } from './run-file.ts'

const run = promisify(execFile)

/** A repository on a slow disk is not waited for. */
const TIMEOUT = 2_000

/** What is checked out in a folder; `undefined` outside of a repository, and where there is no git. */
export async function revisionOf(folder: string): Promise<Revision | undefined> {
  const args = ['status', '--porcelain=v2', '--branch', '--untracked-files=no']
  try {
    const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0' }
    const options = { cwd: folder, timeout: TIMEOUT, env, maxBuffer: 16e6 }
    return parseStatus((await run('git', args, options)).stdout)
  } catch {
    return undefined
  }
}

/** Of a repository without a commit there is nothing to say. */
export function parseStatus(text: string): Revision | undefined {
  const lines = text.split('\n').filter((line) => line !== '')
  const header = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`# ${name} `))?.slice(name.length + 3)
  const [commit, branch] = [header('branch.oid'), header('branch.head')]
  if (commit === undefined || commit === '(initial)') return undefined
  const dirty = lines.some((line) => !line.startsWith('#'))
  return { commit, ...(branch !== '(detached)' && { branch }), dirty }
}
