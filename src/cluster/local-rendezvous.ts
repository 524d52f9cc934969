import { EventEmitter, on } from 'node:events'
import { realClock } from '../clock/clock.ts'
import type { Share } from '../data/share.ts'
import type { ClockOffset } from '../load/run-part.ts'
import { formatMs } from '../units/format.ts'
import { lossWatch } from './loss-watch.ts'
import { LocalLink } from './local-link.ts'
import {
  generatorNames,
  RendezvousError,
  type Entry,
  type Json,
  type Loss,
  type Rendezvous,
  type WaitOptions,
} from './rendezvous.ts'

/**
 * Goes where generators of one machine meet.
 * @throws RendezvousError when nobody listens there, or when the place in the run is taken
 */
export async function meetLocally(path: string, share: Share): Promise<Rendezvous> {
  const losses = lossWatch()
  const link = await LocalLink.open(path, losses.found)
  await link.ask({ op: 'join', generator: share.index, of: share.of })
  return new LocalRendezvous(link, share, losses.listen)
}

class LocalRendezvous implements Rendezvous {
  readonly share: Share
  readonly clock: ClockOffset = sharedClock()
  readonly onLoss: (told: (loss: Loss) => void) => void
  readonly #link: LocalLink
  readonly #sequences = new Map<string, number>()

  constructor(link: LocalLink, share: Share, onLoss: (told: (loss: Loss) => void) => void) {
    this.#link = link
    this.share = share
    this.onLoss = onLoss
  }

  async getOrCreate(
    id: string,
    make: () => Json | Promise<Json>,
    options: WaitOptions,
  ): Promise<Json> {
    const late = (): Error =>
      new RendezvousError(`${JSON.stringify(id)} was not made within ${formatMs(options.within)}`)
    const answer = await this.#within(options, late, (signal) =>
      this.#link.ask({ op: 'take', id }, signal),
    )
    if ('make' in answer) return this.#make(id, make)
    if (!('made' in answer)) throw new RendezvousError(`no answer to ${id}`)
    if ('failed' in answer.made) throw new RendezvousError(answer.made.failed)
    return answer.made.value
  }

  async signalAndWait(event: string, options: WaitOptions): Promise<void> {
    const late = async (): Promise<Error> => {
      const answer = await this.#link.ask({ op: 'missing', event })
      const missing = 'missing' in answer ? answer.missing : []
      const who = generatorNames(missing, this.share.of)
      return new RendezvousError(`${who} did not come within ${formatMs(options.within)}`)
    }
    await this.#within(options, late, (signal) => this.#link.ask({ op: 'signal', event }, signal))
  }

  async append(stream: string, data: Json): Promise<void> {
    const sequence = this.#sequences.get(stream) ?? 0
    this.#sequences.set(stream, sequence + 1)
    const entry: Entry = { generator: this.share.index, sequence, data }
    await this.#link.ask({ op: 'append', stream, entry })
  }

  async *read(stream: string, signal: AbortSignal): AsyncGenerator<Entry> {
    const emitter = new EventEmitter()
    const ended = AbortSignal.any([signal, this.#link.cut])
    if (ended.aborted) return
    const entries = on(emitter, 'entry', { signal: ended })
    const stop = this.#link.listen({ op: 'read', stream }, (answer) => {
      if ('entry' in answer) emitter.emit('entry', answer.entry)
    })
    try {
      for await (const [entry] of entries) yield entry as Entry
    } catch (error) {
      if (!ended.aborted) throw error
    } finally {
      stop()
    }
  }

  synchronize(): Promise<ClockOffset> {
    return Promise.resolve(this.clock)
  }

  async close(): Promise<void> {
    await this.#link.ask({ op: 'leave' }).catch(() => {})
    this.#link.close()
  }

  /** The maker's own errors stay what they are; the others hear the message. */
  async #make(id: string, make: () => Json | Promise<Json>): Promise<Json> {
    try {
      const value = JSON.parse(JSON.stringify(await make())) as Json
      await this.#link.ask({ op: 'made', id, made: { value } })
      return value
    } catch (error) {
      const failed = error instanceof Error ? error.message : String(error)
      await this.#link.ask({ op: 'made', id, made: { failed } }).catch(() => {})
      throw error
    }
  }

  async #within<T>(
    { within, signal }: WaitOptions,
    late: () => Error | Promise<Error>,
    wait: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const time = AbortSignal.timeout(Math.ceil(within))
    const ended = signal === undefined ? time : AbortSignal.any([time, signal])
    try {
      return await wait(ended)
    } catch (error) {
      throw error === time.reason ? await late() : error
    }
  }
}

/**
 * Processes of one machine share its monotonic clock: `performance.now` counts it from the start of a
 * process, `hrtime` does not.
 */
function sharedClock(): ClockOffset {
  const [before, shared, after] = [
    realClock.now(),
    Number(process.hrtime.bigint()) / 1e6,
    realClock.now(),
  ]
  return { offset: shared - (before + after) / 2, uncertainty: (after - before) / 2 }
}
