import { parseArgs } from 'node:util'
import { accuracy } from './accuracy/bench.ts'
import { closed } from './closed/bench.ts'
import { dashboard } from './dashboard/bench.ts'
import type { Bench } from './common/bench.ts'
import { cluster } from './cluster/bench.ts'
import { format } from './common/print.ts'
import { generator } from './generator/bench.ts'
import { generators } from './generators/bench.ts'
import { http } from './http/bench.ts'
import { monitor } from './monitor/bench.ts'
import { open } from './open/bench.ts'
import { plugin } from './plugin/bench.ts'
import { record } from './record/bench.ts'
import { soak } from './soak/bench.ts'
import { sse } from './sse/bench.ts'
import { ttft } from './ttft/bench.ts'
import { users } from './users/bench.ts'
import { baselines } from './verdicts/baseline-bench.ts'
import { verdicts } from './verdicts/bench.ts'
import { sockets } from './sockets/bench.ts'
import { ws } from './ws/bench.ts'

const BENCHES: readonly Bench[] = [
  http,
  ws,
  sockets,
  sse,
  ttft,
  record,
  soak,
  users,
  closed,
  open,
  generator,
  generators,
  monitor,
  accuracy,
  cluster,
  plugin,
  dashboard,
  verdicts,
  baselines,
]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean', default: false } },
})
const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name))
if (unknown.length > 0) {
  const known = BENCHES.map((bench) => bench.name).join(', ')
  console.error(`no bench is called ${unknown.join(', ')}; there are ${known}`)
  process.exit(2)
}
const chosen = BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
// Without these nobody who waits for the end of the process is told, and what a bench has started may stay.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
const missed: string[] = []
for (const { name, run } of chosen) {
  const report = await run()
  console.log(format(report))
  missed.push(
    ...report.rows.filter(({ met }) => met === false).map(({ label }) => `${name}: ${label}`),
  )
}
console.log(missed.length === 0 ? 'every target met' : `missed: ${missed.join('; ')}`)
if (values.check && missed.length > 0) process.exitCode = 1
