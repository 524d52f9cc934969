import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startWatcher } from '../../examples/btc-watcher/service/start.ts'
import { endpoints } from '../../examples/btc-watcher/tests/endpoints.ts'
import type { RunFile } from '../../src/run-file/run-file.ts'
import { errorsIn } from '../support/vitest-output.ts'
import { type VitestRun } from '../support/vitest-process.ts'
import { exampleSuite } from '../support/example-suite.ts'

/** Every kind of users twice, for a second or so, with short pauses, on a machine that may be busy. */
const SHORT = {
  PERF_USERS: '26',
  PERF_SPAWN_RATE: '100',
  PERF_DURATION: '1200ms',
  PERF_SEED: '1',
  BTC_PACE: '0.02',
  BTC_PATIENCE: '3',
}

const { root: ROOT, run } = exampleSuite('btc-watcher', { port: 'BTC_PORT', always: SHORT })

/** The run file that a run names at its end; such a path may be cut at its front. */
async function runFileOf({ output }: VitestRun): Promise<RunFile> {
  const [, name = ''] = /run file .*?([\w-]+\.json)/.exec(output) ?? []
  return JSON.parse(await readFile(join(ROOT, '.vitest', 'perf', name), 'utf8')) as RunFile
}

/** The limits that were missed, as the messages name them. */
const missedIn = ({ output }: VitestRun): string[] =>
  errorsIn(output).flatMap((error) =>
    [...error.matchAll(/^(\S.*?): .*limit of .*$/gm)].map(([, missed = '']) => missed),
  )

describe('examples/btc-watcher', { timeout: 120_000 }, () => {
  test('meets its targets in every scenario and calls all of its endpoints', async () => {
    const all = await run([])
    expect(all.code, all.output).toBe(0)
    expect(all.output).toContain('12 performance tests passed')
    const { tests } = await runFileOf(all)
    const names = tests.flatMap(({ record }) =>
      record.runs.flatMap(({ requests }) => requests.map(({ name }) => name)),
    )
    expect(new Set(names)).toEqual(new Set(Object.values(endpoints).map(({ name }) => name)))
  })

  test('a service elsewhere is tested as well', async () => {
    await using service = await startWatcher()
    const there = await run(['authentication'], { PERF_BASE_URL: service.url })
    expect(there.code, there.output).toBe(0)
    expect(there.output).toContain('PERF  ✓ 3 of 3  authentication.perf.ts › authentication')
  })

  test('slow reads miss the limit of reads, and no other', async () => {
    const slow = await run(['signals'], { BTC_SLOW: 'read:1000' })
    expect(slow.code, slow.output).toBe(1)
    expect(missedIn(slow), slow.output).toEqual(['p95 latency of #read'])
    expect(slow.output).toMatch(/p95 latency of #read: [12]\.\d+ s, .* limit of 900 ms/)
  })

  test('reads that fail miss their error rate, and the answer is shown', async () => {
    const erring = await run(['signals'], { BTC_FAIL: 'read:0.3' })
    expect(erring.code, erring.output).toBe(1)
    expect(missedIn(erring)).toContain('error rate of #read')
    expect(erring.output).toMatch(/error rate of #read: [\d.]+ %, .* limit of 5 %/)
    expect(erring.output).toMatch(/failures: \d+ status/)
    expect(erring.output).toMatch(/\d+× 503 GET \/signals\/ /)
  })

  test('a service that stops in mid-run is refused connections, and the messages say so', async () => {
    const stopped = await run(['signals'], { BTC_STOP_AFTER: '260' })
    expect(stopped.code, stopped.output).toBe(1)
    expect(missedIn(stopped)).toContain('error rate of #read')
    expect(stopped.output).toMatch(/\d+ refused/)
    expect(stopped.output).toMatch(/its process exited/)
  })
})
