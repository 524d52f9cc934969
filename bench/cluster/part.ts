import { summarizeGenerator } from '../../src/load/generator.ts'
import type { RunPart } from '../../src/load/run-part.ts'
import { packRecording } from '../../src/metrics/recording-part.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import { summarize } from '../../src/metrics/summary.ts'
import { seededRandom } from '../../src/stats/random.ts'

export const SECONDS = 60
/** Requests of one generator in a second, over so many endpoints. */
const RATE = 500
const ENDPOINTS = ['GET /', 'GET /items', 'POST /items', 'GET /items/{}', 'DELETE /items/{}']
const USERS = 100

/** What one generator brings of a minute of so many requests a second over five endpoints. */
export function makePart(seed: number, rate = RATE): RunPart {
  const random = seededRandom(seed)
  const recorder = new Recorder(0)
  recorder.users(USERS)
  for (let nth = 0; nth < SECONDS * rate; nth++) {
    const startedAt = (nth * 1_000) / rate
    const latency = 20 * Math.exp(0.5 * normal(random))
    const endedAt = startedAt + latency
    const sample = {
      outcome: 'ok',
      startedAt,
      endedAt,
      firstByteAt: endedAt - 1,
      status: 200,
    } as const
    recorder.series(random.pick(ENDPOINTS)).record(sample)
    recorder.iteration(sample)
  }
  const end = SECONDS * 1_000
  const sent = recorder.sending.data()
  const summary = summarize(recorder.data(end), end)
  const recording = packRecording(recorder.state(end), recorder.windowsOf())
  return {
    startedAt: '2026-01-01T00:00:00.000Z',
    ending: 'complete',
    elapsed: end,
    late: 0,
    phases: [{ name: 'steady', from: 0, to: end, recording }],
    generator: summarizeGenerator({
      watched: undefined,
      sent,
      busy: recorder.busy,
      summary,
      users: USERS,
    }),
    sent,
    busy: recorder.busy,
  }
}

/** Box and Muller (1958). */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
