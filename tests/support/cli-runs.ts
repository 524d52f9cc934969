import type { RunFile } from '../../src/run-file/run-file.ts'
import {
  CHAT,
  sampleFile,
  sampleRun,
  sampleTest,
  verdict,
  type Endpoint,
} from './run-file-samples.ts'

/** Two runs of one suite, the second on a branch that made `chat` slower: what the pages show. */
export const CLI_RUNS: readonly RunFile[] = [
  chatRun(CHAT, {
    id: '2026-01-30T16-20-00-a91c',
    startedAt: '2026-01-30T16:20:00.000Z',
    finishedAt: '2026-01-30T16:20:38.000Z',
  }),
  chatRun(
    CHAT.map((each) => (each.name === 'chat' ? { ...each, p50: 170 } : each)),
    {
      id: '2026-01-31T09-05-07-k3x9',
      finishedAt: '2026-01-31T09:05:46.000Z',
      git: { commit: '4f7e11b0c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f6', branch: 'cache', dirty: false },
    },
  ),
]

function chatRun(endpoints: readonly Endpoint[], over: Partial<RunFile>): RunFile {
  const run = sampleRun(endpoints)
  const p95 = run.requests.find(({ name }) => name === 'chat')?.latency.p95
  return sampleFile(
    [
      sampleTest({ file: 'tests/perf/session.perf.ts', name: 'a session survives a reconnect' }),
      sampleTest({
        runs: [run],
        verdicts: [
          verdict({ measured: p95 }),
          verdict({
            subject: 'success rate of all requests',
            metric: 'successRate',
            operator: 'at least',
            limit: 0.99,
            unit: 'ratio',
            measured: run.successRate,
            samples: run.count,
          }),
        ],
      }),
    ],
    over,
  )
}
