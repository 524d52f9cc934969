import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { revisionOf } from './revision.ts'
import { runFileId, type Machine, type RunFileHead } from './run-file.ts'

/** What the head of a run file cannot find out by itself. */
export interface Told extends Pick<RunFileHead, 'target' | 'environment'> {
  /** The root of the project. */
  readonly root: string
  /** Version of Vitest. */
  readonly vitest: string
}

/** The head of a run file that begins now. */
export async function runHead({ root, vitest, target, environment }: Told): Promise<RunFileHead> {
  const now = new Date()
  const git = await revisionOf(root)
  return {
    id: runFileId(now),
    startedAt: now.toISOString(),
    versions: { perf: ownVersion(), vitest, node: process.versions.node },
    machine: machine(process.env),
    ...(git !== undefined && { git }),
    target,
    environment,
  }
}

function machine({ CI }: Readonly<Record<string, string | undefined>>): Machine {
  const ci = CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0'
  return {
    platform: process.platform,
    arch: process.arch,
    cpus: availableParallelism(),
    cpu: cpus()[0]?.model.trim(),
    memory: totalmem(),
    ...(ci && { ci }),
  }
}

function ownVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { readonly version: string }).version
}
