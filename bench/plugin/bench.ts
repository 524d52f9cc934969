import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { alternate } from '../common/alternate.ts'
import type { Bench } from '../common/bench.ts'
import { median } from '../common/median.ts'
import { figure, whole } from '../common/rows.ts'
import { createProject } from './project.ts'

const ROUNDS = 8
const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))

/** What the built plugin costs a suite without any perf test, from start to end. */
export const plugin: Bench = {
  name: 'plugin',
  run: async () => {
    await using project = await createProject()
    const run = (side: string) => (): Promise<number> => vitest(project.root, `${side}.config.js`)
    const sides = { with: run('with'), without: run('without') }
    await alternate(sides, 1) // Fills the caches of the file system.
    const took = await alternate(sides, ROUNDS)
    const added = took.with.map((ms, round) => ms - (took.without[round] ?? Number.NaN))
    const [ours, peer] = [median(took.with), median(took.without)]
    const row = { label: 'vitest run, ms', ours: whole(ours), peer: whole(peer) }
    return {
      title: 'plugin: an ordinary suite of 10 files, from start to end',
      columns: ['with', 'without'],
      rows: [
        { ...row, ratio: `${(ours / peer).toFixed(2)}×` },
        figure('added, ms', median(added), whole, { most: 100 }),
      ],
      notes: [`median of ${ROUNDS} rounds, with and without in turn`],
    }
  },
}

/** Wall time of one run in ms. @throws Error with its output when it fails */
async function vitest(root: string, config: string): Promise<number> {
  const startedAt = performance.now()
  const args = [VITEST, 'run', '--root', root, '--config', config]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const output = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await once(child, 'exit')) as [number | null]
  const took = performance.now() - startedAt
  if (code !== 0)
    throw new Error(`vitest with ${config} ended with ${code}: ${(await output).join('')}`)
  return took
}
