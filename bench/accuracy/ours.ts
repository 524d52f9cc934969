import { answerCalls } from '../common/answer-calls.ts'
import { environment } from '../common/scripted-users.ts'
import { runLoad } from '../../src/load/run-load.ts'

/** The whole load is judged, so that both sides speak of the same requests. */
answerCalls({
  measure: async (url: string, users: number, iterations: number) => {
    const get = runLoad({ users, iterations }, ({ http }) => http.get('/'), environment(url))
    const { count, failed, latency } = (await get).request('GET /')
    if (failed > 0) throw new Error(`${failed} requests failed`)
    return { count, percentiles: [latency.p50, latency.p95, latency.p99] }
  },
})
