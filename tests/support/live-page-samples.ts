import { toReportPage } from '../../src/report/page/to-report-page.ts'
import type { LiveLoad, LivePage } from '../../src/live/live-page.ts'
import type { RunRecord } from '../../src/run-file/run-record.ts'
import { SUITE } from './run-file-samples.ts'

/** Users were added by hand after its first minute. */
const tests = SUITE.tests.map((test) =>
  test.name.startsWith('shop')
    ? { ...test, record: { ...test.record, runs: test.record.runs.map(steered) } }
    : test,
)

function steered(run: RunRecord): RunRecord {
  return { ...run, marks: [{ at: 57_000, kind: 'steered', text: 'users 100 → 200' }] }
}

const report = toReportPage({
  ...SUITE,
  ending: 'partial',
  tests: tests.map((test) => (test.name.startsWith('shop') ? { ...test, state: 'running' } : test)),
})

/** What a load does in its third minute. */
export const SHOPPING: LiveLoad = {
  id: 'load-1',
  test: report.tests.findIndex(({ name }) => name.startsWith('shop')),
  load: 0,
  title: 'shop > sustains 200 users',
  phase: 'steady',
  elapsed: 121_000,
  length: 305_000,
  users: 200,
  count: 19_440,
  failed: 244,
  rate: 161,
  p50: 17,
  p95: 182,
  p99: 391,
  verdicts: [
    {
      status: 'pass',
      subject: 'throughput of all requests',
      measured: '160/s',
      limit: 'limit ≥ 100/s',
    },
    {
      status: 'fail',
      subject: 'p95 latency of GET /orders',
      measured: '391 ms',
      limit: 'limit 300 ms',
    },
    {
      status: 'inconclusive',
      subject: 'success rate of all requests',
      measured: '98.74 %',
      limit: 'limit ≥ 99 %',
    },
  ],
  note: 'the generator is close to saturated: its event loop is busy 97 %',
  steered: true,
  planned: { users: 100 },
  asked: { users: 200 },
  controls: ['users', 'next-phase', 'stop'],
  recent: [
    { name: 'GET /products/{}', perSecond: 121, errorRate: 0, p50: 14, p95: 31, p99: 44 },
    { name: 'GET /orders', perSecond: 21.4, errorRate: 0.0017, p50: 131, p95: 402, p99: 655 },
    { name: 'POST /checkout', perSecond: 19.8, errorRate: 0.101, p50: 48, p95: 103, p99: null },
  ],
}

const LOG = Array.from(
  { length: 40 },
  (_, at) =>
    `09:07:${String(at + 10).padStart(2, '0')} INFO  checkout ${at}: pool 10/10, waiting ${at * 5}`,
)

/** A run under way: one test has ended, a load of another goes on. */
export const RUNNING: LivePage = {
  kind: 'dashboard',
  id: SUITE.id,
  state: 'running',
  report,
  loads: [SHOPPING],
  log: LOG,
  notes: [],
}

/** The same run when it is over. */
export const ENDED: LivePage = {
  ...RUNNING,
  state: 'ended',
  report: toReportPage({ ...SUITE, tests }),
  loads: [],
}

/** A watcher before its first run. */
export const WAITING: LivePage = {
  kind: 'dashboard',
  id: '',
  state: 'waiting',
  loads: [],
  log: [],
  start: {
    busy: false,
    tests: [
      { id: 'chat.perf.ts', file: 'tests/perf/chat.perf.ts' },
      { id: 'shop', file: 'tests/perf/shop.perf.ts', name: 'shop > sustains 200 users' },
    ],
  },
  notes: [],
}
