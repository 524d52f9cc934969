import { setTimeout as sleep } from 'node:timers/promises'
import { answerCalls, cpuUsed } from '../common/answer-calls.ts'
import { environment } from '../common/scripted-users.ts'
import { bare } from './bare.ts'
import { runLoad } from '../../src/load/run-load.ts'

export interface Opened {
  /** Share of the arrivals that were started. */
  readonly delivered: number
  readonly lagP50: number
  readonly lagP99: number
  /** Share of a core that the process used in the judged time. */
  readonly cpu: number
}

export interface Times {
  readonly warmUp: number
  readonly duration: number
}

/** An open load after a warm-up; its processor time is that of the judged time alone. */
async function open(url: string, rate: number, { warmUp, duration }: Times): Promise<Opened> {
  const load = runLoad({ rate, warmUp, duration }, ({ http }) => http.get('/'), environment(url))
  const cpu = sleep(warmUp + 200).then(async () => {
    const [before, at] = [cpuUsed(), performance.now()]
    await sleep(duration - 400)
    return (cpuUsed() - before) / (performance.now() - at)
  })
  const { arrivals, failed } = await load
  if (arrivals === undefined || failed > 0) throw new Error(`${failed} requests failed`)
  const { intended, started, lag } = arrivals
  return {
    delivered: started / intended,
    lagP50: lag.p50 ?? Number.NaN,
    lagP99: lag.p99 ?? Number.NaN,
    cpu: await cpu,
  }
}

answerCalls({ open, bare })
