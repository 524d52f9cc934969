import { askMain } from './ask-main.ts'
import type { GeneratorLine, GeneratorOrder } from './generator-order.ts'

/** Further generators that the main process has started. */
export interface Ordered {
  /** Where they are met; see `ClusterPlace`. */
  readonly rendezvous: string
  /** Aborts when one of them has ended, with an error that says which and why. */
  readonly gone: AbortSignal
  /** They are needed no more; resolves when they have ended. */
  end(): Promise<void>
}

/** Has the main process start the other generators of a test. @throws Error when it cannot */
export async function orderGenerators(live: string, order: GeneratorOrder): Promise<Ordered> {
  const answered = await askMain<GeneratorLine>(live, '/generators', order)
  const gone = new AbortController()
  const ready = Promise.withResolvers<string>()
  const listen = async (): Promise<void> => {
    for await (const line of answered.lines) {
      if (line.kind === 'ready') ready.resolve(line.rendezvous)
      else if (line.kind === 'failed') ready.reject(new Error(line.why))
      else gone.abort(new Error(line.why))
    }
    const over = new Error('the main process of the run is gone, or is ending')
    ready.reject(over)
    gone.abort(over)
  }
  void listen()
  return {
    rendezvous: await ready.promise,
    gone: gone.signal,
    end: async () => {
      const answer = await askMain(live, '/generators/end', { runId: order.runId })
      for await (const _ of answer.lines) void _
      answered.close()
    },
  }
}
