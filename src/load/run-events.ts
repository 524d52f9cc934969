import { UsageError } from '../errors/usage-error.ts'
import type { OperationListener } from '../metrics/listened-series.ts'
import type { Sample } from '../metrics/sample.ts'
import type { Series } from '../metrics/series.ts'
import type { LoadEnvironment } from './environment.ts'
import { EventContext } from './event-context.ts'
import type { LoadEvents } from './events.ts'
import type { LoadRun } from './load-run.ts'
import type { PhaseName } from './phases.ts'

/** How a listener ends the load that it listens to. */
interface Stoppable {
  /** Gracefully. */
  stopFor(reason: string): void
  /** At once. */
  halt(ending: 'interrupted', reason: string): void
}

/** The listeners to one load: tells them, keeps what they threw, and lets them stop it. */
export class RunEvents implements AsyncDisposable {
  readonly #listeners: readonly LoadEvents[]
  readonly #context: EventContext
  readonly #underWay = new Set<Promise<void>>()
  /** The first of each event: a listener of requests that fails would fail for every one. */
  readonly #errors = new Map<keyof LoadEvents, unknown>()
  readonly #users = new Set<number>()
  #load: Stoppable | undefined
  #stopped: string | undefined
  #phase: PhaseName | undefined

  constructor(listeners: readonly LoadEvents[], environment: LoadEnvironment) {
    this.#listeners = listeners
    this.#context = new EventContext(environment, (reason) => {
      this.#stopped ??= reason
      this.#load?.stopFor(reason)
    })
  }

  /** `undefined` when nobody listens to requests, which then cost nothing. */
  get operations(): OperationListener | undefined {
    const wanted = this.#listeners.some(
      ({ requestStart, requestStop }) => requestStart !== undefined || requestStop !== undefined,
    )
    if (!wanted) return undefined
    return {
      began: (series) => this.#requestStart(series),
      ended: (series, sample) => this.#requestStop(series, sample),
    }
  }

  /** @throws what a listener threw: then there is no load */
  async runStart(): Promise<void> {
    await this.#unlessAborted(this.#each((listener) => listener.runStart?.(this.#context)))
  }

  /** From here on the load can be stopped; it may have been already. */
  began(load: Stoppable): void {
    this.#load = load
    if (this.#stopped !== undefined) load.stopFor(this.#stopped)
  }

  /** The phase that runs from now on; `undefined` when the last is over, and nothing can be stopped. */
  phase(name: PhaseName | undefined): void {
    const before = this.#phase
    this.#phase = name
    this.#inBackground(this.#changePhase(before, name))
    if (name === undefined) this.#load = undefined
  }

  async userStart(user: number): Promise<void> {
    this.#users.add(user)
    await this.#tell('userStart', (each) => each.userStart?.({ user }, this.#context))
  }

  async userStop(user: number): Promise<void> {
    if (!this.#users.delete(user)) return
    await this.#tell('userStop', (each) => each.userStop?.({ user }, this.#context))
  }

  /** Tells of the end, also of users that were cut off. @throws what listeners threw so far */
  async runStop(run: LoadRun): Promise<void> {
    await this.#unlessAborted(this.#settle(run))
    const errors = [...this.#errors.values()]
    if (errors.length === 0) return
    if (errors.length === 1) throw errors[0]
    const said = errors.map((error) => (error instanceof Error ? error.message : String(error)))
    throw new AggregateError(errors, `listeners to the load failed: ${said.join('; ')}`)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#context.close()
  }

  async #changePhase(from: PhaseName | undefined, to: PhaseName | undefined): Promise<void> {
    if (from !== undefined) {
      await this.#tell('phaseStop', (each) => each.phaseStop?.({ name: from }, this.#context))
    }
    if (to !== undefined) {
      await this.#tell('phaseStart', (each) => each.phaseStart?.({ name: to }, this.#context))
    }
  }

  async #settle(run: LoadRun): Promise<void> {
    await Promise.all(this.#underWay)
    for (const user of this.#users) await this.userStop(user)
    await this.#tell('runStop', (each) => each.runStop?.(run, this.#context))
  }

  #requestStart({ name, tags }: Series): void {
    for (const { requestStart } of this.#listeners) {
      this.#atOnce('requestStart', () => requestStart?.({ name, tags: [...tags] }, this.#context))
    }
  }

  #requestStop(
    { name, tags }: Series,
    { outcome, startedAt, endedAt, lag = 0, status = 0 }: Sample,
  ): void {
    const latency = endedAt - startedAt + lag
    const request = {
      name,
      tags: [...tags],
      outcome,
      latency,
      status: status === 0 ? undefined : status,
    }
    for (const { requestStop } of this.#listeners) {
      this.#atOnce('requestStop', () => requestStop?.(request, this.#context))
    }
  }

  /** Calls a listener of requests. One that is async would pile up, and its errors come too late. */
  #atOnce(event: keyof LoadEvents, listener: () => unknown): void {
    try {
      const given = listener()
      if (!(given instanceof Promise)) return
      given.catch(() => {})
      const message = `events.${event} is async, and no request waits for it: keep what it needs, and await in runStop`
      throw UsageError.saying(`events.${event}`, message)
    } catch (error) {
      this.#failed(event, error)
    }
  }

  /** One listener after the other; what one throws is kept. */
  async #tell(event: keyof LoadEvents, tell: (listener: LoadEvents) => unknown): Promise<void> {
    await this.#each(tell).catch((error: unknown) => this.#failed(event, error))
  }

  async #each(tell: (listener: LoadEvents) => unknown): Promise<void> {
    for (const listener of this.#listeners) await tell(listener)
  }

  #inBackground(telling: Promise<void>): void {
    this.#underWay.add(telling)
    void telling.then(() => this.#underWay.delete(telling))
  }

  /** The load ends, its figures are kept, and `runStop` throws what a listener threw. */
  #failed(event: keyof LoadEvents, error: unknown): void {
    if (!this.#errors.has(event)) this.#errors.set(event, error)
    const why = error instanceof Error ? error.message : String(error)
    this.#load?.halt('interrupted', `its ${event} listener failed: ${why}`)
  }

  /** A listener that hangs does not outlive its test. */
  async #unlessAborted(telling: Promise<void>): Promise<void> {
    const { signal } = this.#context
    const aborted = Promise.withResolvers<void>()
    const end = (): void => aborted.resolve()
    if (signal.aborted) end()
    signal.addEventListener('abort', end, { once: true })
    await Promise.race([telling, aborted.promise])
    signal.removeEventListener('abort', end)
  }
}
