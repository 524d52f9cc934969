import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { serveLocal } from '../../src/cluster/local-server.ts'
import { controlPath } from '../../src/vitest/control-server.ts'
import type { SharedOrder, SharedResult } from './shared-generator.ts'

/** A generator in a process of its own. */
interface SharedGenerator {
  /** Of each of its loads. */
  readonly results: Promise<readonly SharedResult[]>
  kill(): void
}

/** Generators that meet; leaving their block ends their processes. */
interface SharedGroup extends AsyncDisposable {
  readonly all: readonly SharedGenerator[]
}

const SCRIPT = join(import.meta.dirname, 'shared-generator.ts')

/** Processes that run one job together, as many as there are places, or but the first few of them. */
export async function generators(
  of: number,
  job: Omit<SharedOrder, 'path' | 'share'>,
  each: (index: number) => Partial<SharedOrder> = () => ({}),
): Promise<SharedGroup> {
  const path = controlPath()
  const server = await serveLocal(path)
  const children = Array.from({ length: of }, () =>
    fork(SCRIPT, { env: { ...process.env, SHARED_GENERATOR: '1' } }),
  )
  const ended = Promise.all(children.map((child) => once(child, 'exit')))
  for (const [index, child] of children.entries()) {
    child.send({ ...job, path, share: { index, of }, ...each(index) } satisfies SharedOrder)
  }
  return {
    all: children.map((child) => ({
      results: resultsOf(child),
      kill: () => void child.kill('SIGKILL'),
    })),
    [Symbol.asyncDispose]: async () => {
      for (const child of children) child.kill('SIGKILL')
      await ended
      await server.close()
    },
  }
}

async function resultsOf(child: ChildProcess): Promise<readonly SharedResult[]> {
  const came = await Promise.race([once(child, 'message'), once(child, 'exit')])
  const [first] = came as [readonly SharedResult[] | number | null]
  return Array.isArray(first) ? first : [{ ticks: [], problem: 'its process ended' }]
}
