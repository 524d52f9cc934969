import { Inspectors } from './inspectors.ts'
import type { HeldMemory } from './inspectors.ts'
import { launch } from './launch.ts'
import type { Launched } from './launch.ts'
import type { ServiceSpec } from './options.ts'
import { RecoveryWatch } from './recovery.ts'
import type { Recovery } from './recovery.ts'
import { ServiceError } from './service-error.ts'
import type { ExitInfo } from './service-error.ts'
import { ServiceLog } from './service-log.ts'

/** A service under test that runs. */
export interface Service {
  readonly name: string
  /** Where it is spoken to; `undefined` when only its log tells that it is ready. */
  readonly url: string | undefined
  /** Of the shell that runs the command: the service is this process with its descendants. */
  readonly pid: number
  /** About the last million characters that it wrote, restarts included. */
  logs(): string
  /** The same, line by line. */
  readonly log: Pick<ServiceLog, 'count' | 'since'>
  /** Settles when the present process ends, for whatever reason. */
  readonly exited: Promise<ExitInfo>
  /** Ends it and starts it anew, ready again when this resolves. The pid is another one. */
  restart(): Promise<Recovery>
  /** Ends it the hard way (SIGKILL by default) and waits for its end; `restart()` brings it back. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Halts it: connections stay open and nothing is answered. Not on Windows. */
  pause(): Promise<void>
  /** Goes on where `pause()` halted it. */
  resume(): Promise<void>
  /**
   * How long it was away, from the last `kill`, `pause` or `restart` to the first good answer of the
   * ready check; waits for that. @throws ServiceError when it does not come within its `startTimeout`
   */
  recovery(): Promise<Recovery>
  /** Whether its processes in Node were asked to be open to inspection. */
  readonly inspect: boolean
  /** Where they can be inspected; some may have ended. */
  inspectors(): Promise<readonly string[]>
  /** Collects its garbage and gives what is held then. @throws ServiceError unless it has `inspect` */
  held(): Promise<HeldMemory>
  /** Ends it and everything it started, for good: SIGTERM, then SIGKILL after its `stopTimeout`. */
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Starts a service and waits until it is ready. The signal aborts the start, not the service. @throws ServiceError */
export async function startService(
  spec: ServiceSpec,
  { signal }: { signal?: AbortSignal | undefined } = {},
): Promise<Service> {
  const inspectors = new Inspectors()
  const log = new ServiceLog(undefined, (line) => inspectors.note(line))
  return new RunningService(spec, log, await launch(spec, log, signal), inspectors)
}

class RunningService implements Service {
  readonly #spec: ServiceSpec
  readonly log: ServiceLog
  readonly #inspectors: Inspectors
  readonly #stopping = new AbortController()
  readonly #recovery: RecoveryWatch
  #launched: Launched
  #turn: Promise<unknown> = Promise.resolve()

  constructor(spec: ServiceSpec, log: ServiceLog, launched: Launched, inspectors: Inspectors) {
    this.#spec = spec
    this.log = log
    this.#launched = launched
    this.#inspectors = inspectors
    this.#recovery = new RecoveryWatch(spec, log, this.#stopping.signal)
  }

  get name(): string {
    return this.#spec.name
  }

  get url(): string | undefined {
    return this.#spec.url
  }

  get pid(): number {
    return this.#launched.pid
  }

  get inspect(): boolean {
    return this.#spec.inspect
  }

  get exited(): Promise<ExitInfo> {
    return this.#launched.exited
  }

  logs(): string {
    return this.log.text()
  }

  restart(): Promise<Recovery> {
    return this.#inTurn(async () => {
      this.#recovery.fault('restart')
      await this.#launched.end()
      this.#recovery.look()
      this.#launched = await launch(this.#spec, this.log, this.#stopping.signal)
      return this.#recovery.result()
    })
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    return this.#inTurn(async () => {
      const { group } = this.#launched
      await group.signal(signal)
      this.#recovery.fault('kill')
      const left = await group.left(this.#spec.stopTimeout)
      if (left.length > 0)
        throw new ServiceError(this.#spec, `goes on after ${signal}: ${left.join(', ')} still run`)
      this.#recovery.look()
    })
  }

  pause(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#launched.group.signal('SIGSTOP')
      this.#recovery.fault('pause')
    })
  }

  resume(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#launched.group.signal('SIGCONT')
      this.#recovery.look()
    })
  }

  async recovery(): Promise<Recovery> {
    await this.#turn
    return this.#recovery.result()
  }

  inspectors(): Promise<readonly string[]> {
    return Promise.resolve(this.#inspectors.urls)
  }

  held(): Promise<HeldMemory> {
    return this.#inTurn(async () => {
      const held = await this.#inspectors.collect()
      if (held.processes.length > 0) return held
      const why = this.#spec.inspect
        ? 'cannot be inspected: no process of it said so. A service that is not in Node needs retained({ collect })'
        : 'cannot be inspected: perf({ server: { inspect: true } }) starts it for that'
      throw new ServiceError(this.#spec, why)
    })
  }

  stop(): Promise<void> {
    // A restart that is under way gives up instead of being waited for.
    this.#stopping.abort(new ServiceError(this.#spec, 'was stopped'))
    const ended = this.#turn.then(() => this.#launched.end())
    this.#turn = ended.catch(() => {})
    return ended
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop()
  }

  /** One after the other: what is asked for during a restart concerns the new process. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(() => {
      this.#stopping.signal.throwIfAborted()
      return act()
    })
    this.#turn = done.catch(() => {})
    return done
  }
}
