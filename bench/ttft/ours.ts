import { answerCalls } from '../common/answer-calls.ts'
import { environment } from '../common/scripted-users.ts'
import { runLoad } from '../../src/load/run-load.ts'
import type { Pace } from './pace.ts'

/** What a reader of streams found. */
export interface Read {
  /** Streams that began when all users were there. */
  readonly count: number
  readonly p50: number
  readonly p99: number
  /** CPU of each token, in µs. */
  readonly cpu: number
  /** Why its generator says that it was too busy to measure; empty when it was not. */
  readonly flagged: readonly string[]
}

answerCalls({
  read: async (url: string, pace: Pace): Promise<Read> => {
    const before = process.cpuUsage()
    const run = await runLoad(
      { ...pace },
      ({ http }) => http.stream('/', { wire: 'sse' }),
      environment(url),
    )
    const { user, system } = process.cpuUsage(before)
    const ramp = run.phase('ramp-up').request('GET /').tokens?.count ?? 0
    const { ttft, failed, tokens } = run.request('GET /')
    if (failed > 0) throw new Error(`${failed} streams failed`)
    const { saturated, hostBusy, reasons } = run.generator
    return {
      count: ttft.count,
      p50: ttft.p50 ?? Number.NaN,
      p99: ttft.p99 ?? Number.NaN,
      cpu: (user + system) / (ramp + (tokens?.count ?? Number.NaN)),
      flagged: saturated || hostBusy ? reasons : [],
    }
  },
})
