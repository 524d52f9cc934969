import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pidusage from 'pidusage'
import { answerCalls, cpuUsed } from '../common/answer-calls.ts'
import { realClock } from '../../src/clock/clock.ts'
import { ProportionalMemory } from '../../src/monitors/proportional-memory.ts'
import { treeSampler } from '../../src/monitors/sampler.ts'
import { processTree } from '../../src/service/process-tree.ts'

const ROUNDS = 200
/** A service that is idle: one process, or one with four workers. */
async function startIdle(workers: number): Promise<number> {
  const script = fileURLToPath(new URL('idle.ts', import.meta.url))
  const child = spawn(process.execPath, [script, String(workers)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child.pid ?? 0
}

/** CPU in µs of one act. */
async function cost(act: () => Promise<unknown>): Promise<number> {
  for (let round = 0; round < 20; round++) await act()
  const before = cpuUsed()
  for (let round = 0; round < ROUNDS; round++) await act()
  return ((cpuUsed() - before) * 1_000) / ROUNDS
}

/** A sample as a monitor takes it, the first one's PSS aside. */
async function sample(workers: number): Promise<number> {
  return cost(treeSampler(await startIdle(workers), realClock))
}

async function proportional(workers: number): Promise<number> {
  const pids = await processTree(await startIdle(workers))
  return cost(() => new ProportionalMemory(realClock).of(pids))
}

/** What the sample would cost through pidusage. */
async function throughPidusage(workers: number): Promise<number> {
  const root = await startIdle(workers)
  return cost(async () => pidusage([...(await processTree(root))]))
}

answerCalls({ sample, proportional, throughPidusage })
