import type { LoadHead, LoadState } from '../../src/load/journal.ts'
import { Recorder } from '../../src/metrics/recorder.ts'

export const HEAD: LoadHead = {
  title: 'chat.perf.ts > users chat',
  shape: {
    model: 'closed',
    users: 10,
    rampUp: 0,
    warmUp: 0,
    duration: 60_000,
    iterations: undefined,
  },
  seed: 7,
  startedAt: '2026-01-31T09:05:07.000Z',
}

export const TEST = { file: 'chat.perf.ts', name: 'users chat', project: 'perf' }

/** A load whose every second is alike: so many endpoints, each called so often, every seventh call in vain. */
export class SampleLoad {
  readonly recorder = new Recorder(0)
  #seconds = 0
  #calls = 0

  /** Records another second and gives the state after it. */
  second(endpoints: number, calls: number): LoadState {
    const from = this.#seconds++ * 1_000
    for (let call = 0; call < endpoints * calls; call++)
      this.#call(`GET /${call % endpoints}`, from)
    return this.state()
  }

  state(): LoadState {
    const to = this.#seconds * 1_000
    const state = this.recorder.state(to)
    return { elapsed: to, users: 10, phases: [{ name: 'steady', from: 0, to, state }] }
  }

  #call(name: string, from: number): void {
    const failed = ++this.#calls % 7 === 0
    const took = 10 + ((this.#calls * 37) % 400)
    const endedAt = from + ((this.#calls * 13) % 1_000)
    const startedAt = endedAt - took
    const outcome = failed ? 'status' : 'ok'
    const sample = { outcome, startedAt, endedAt, firstByteAt: startedAt + took / 2 } as const
    this.recorder.series(name).record(sample)
    this.recorder.iteration(sample)
    if (failed) {
      const message = 'answered 503'
      this.recorder.failure(name, 'status', message, endedAt, () => ({ kind: 'status', message }))
    }
  }
}
