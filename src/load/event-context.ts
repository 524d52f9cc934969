import { InFlight } from '../clients/in-flight.ts'
import { UsageError } from '../errors/usage-error.ts'
import { Recorder } from '../metrics/recorder.ts'
import type { LoadEnvironment } from './environment.ts'
import type { LoadContext } from './events.ts'
import { VirtualUser } from './virtual-user.ts'

/**
 * The context of a load's listeners: a user beside the virtual ones, whose calls are recorded where
 * nobody reads. Its clients are made when a listener first asks for them.
 */
export class EventContext implements LoadContext {
  readonly signal: AbortSignal
  readonly stop: LoadContext['stop']
  readonly #user: VirtualUser
  readonly #inFlight: InFlight

  constructor(environment: LoadEnvironment, stop: (reason: string) => void) {
    const { clock, signal, timeouts, seed } = environment
    this.#inFlight = new InFlight(clock)
    const recording = { current: new Recorder(clock.now()) }
    const options = { recording, clock, inFlight: this.#inFlight, timeouts }
    this.#user = new VirtualUser(0, environment, options, signal, seed)
    this.signal = signal
    this.stop = (reason) => {
      if (typeof reason === 'string' && reason !== '') return stop(reason)
      throw new UsageError('load.stop(reason)', "a reason like 'the queue is full'", reason)
    }
    signal.addEventListener('abort', this.#abort, { once: true })
  }

  get http(): LoadContext['http'] {
    return this.#user.http
  }

  get fetch(): LoadContext['fetch'] {
    return this.#user.fetch
  }

  get url(): LoadContext['url'] {
    return this.#user.url
  }

  get session(): LoadContext['session'] {
    return this.#user.session
  }

  get sessions(): LoadContext['sessions'] {
    return this.#user.sessions
  }

  get ws(): LoadContext['ws'] {
    return this.#user.ws
  }

  /** Closes what listeners left open. */
  async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.#abort)
    await this.#user.leave()
  }

  readonly #abort = (): void => this.#inFlight.abortAll('the test has ended')
}
