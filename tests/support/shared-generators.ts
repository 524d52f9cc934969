import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { serveLocal } from '../../src/cluster/local-server.ts'
import { controlPath } from '../../src/vitest/control-server.ts'
import type { SharedOrder, SharedResult } from './shared-generator.ts'

/** A generator in a process of its own. */
export interface SharedGenerator {
  readonly result: Promise<SharedResult>
  kill(): void
}

export type SharedJob = Omit<SharedOrder, 'path' | 'share'>

/** A place at which generators meet; it ends with the test. */
export async function localPlace(): Promise<string> {
  const path = controlPath()
  const server = await serveLocal(path)
  onTestFinished(() => server.close())
  return path
}

/** So many generators that run one job together, each as the place of its number has it. */
export async function generators(
  of: number,
  job: SharedJob,
  each: (index: number) => Partial<SharedOrder> = () => ({}),
): Promise<readonly SharedGenerator[]> {
  const path = await localPlace()
  return Array.from({ length: of }, (_, index) =>
    generator({ ...job, path, share: { index, of }, ...each(index) }),
  )
}

export function generator(order: SharedOrder): SharedGenerator {
  const script = join(import.meta.dirname, 'shared-generator.ts')
  const child = fork(script, { env: { ...process.env, SHARED_GENERATOR: '1' } })
  child.send(order)
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  return { result: resultOf(child), kill: () => void child.kill('SIGKILL') }
}

async function resultOf(child: ChildProcess): Promise<SharedResult> {
  const result = await Promise.race([once(child, 'message'), once(child, 'exit')])
  const [first] = result as [SharedResult | number | null]
  if (typeof first === 'object' && first !== null) return first
  return { ticks: [], problem: 'its process ended' }
}
