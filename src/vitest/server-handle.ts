import { Client } from 'undici'
import { realClock } from '../clock/clock.ts'
import type { Ms } from '../units/units.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Recovery } from '../service/recovery.ts'
import { isInScenario } from '../load/scenario-scope.ts'
import type { HeldMemory } from '../service/inspectors.ts'
import type { ServiceInfo } from './control-server.ts'

/** A service under test as a test sees it. */
export interface ServerHandle {
  readonly name: string
  readonly url: string | undefined
  /** Of the command's process; the service may be a child of it. */
  readonly pid: number
  /** What it has written so far. */
  logs(): Promise<string>
  /** Ends it and starts it anew; resolves when it is ready again. */
  restart(): Promise<Recovery>
  /** Ends it at once, as a crash would. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Halts it: connections stay open, nothing is answered. */
  pause(): Promise<void>
  resume(): Promise<void>
  /**
   * How long it was away, from `kill`, `pause` or `restart` to the first good answer of its ready check;
   * waits for that. @throws ServiceError when it does not come back within its `startTimeout`
   */
  recovery(): Promise<Recovery>
  /** Where its processes in Node can be inspected; missing unless it has `inspect`. */
  readonly inspectors?: (() => Promise<readonly string[]>) | undefined
  /** Collects its garbage and gives what is held then. @throws ServiceError unless it has `inspect` */
  held(): Promise<HeldMemory>
}

/** What a test did to a service. */
export interface Fault {
  /** By the clock of the process. */
  readonly at: Ms
  readonly text: string
}

/** Asks the main process, which owns the services. */
export class ServerControl {
  readonly #follower: boolean
  /** What the tests of this process did to the services. */
  readonly faults: Fault[] = []
  readonly #path: string
  #starting: Promise<readonly ServerHandle[]> | undefined

  /**
   * @param follower of a generator that repeats the test of another one: what that does to a service is
   *   done already
   */
  constructor(path: string, follower = false) {
    this.#path = path
    this.#follower = follower
  }

  /** Starts the services unless they run already. @throws with the end of the log when one does not start */
  start(): Promise<readonly ServerHandle[]> {
    this.#starting ??= this.#ask<readonly ServiceInfo[]>('/start').then((all) =>
      all.map((info) => this.#handle(info)),
    )
    return this.#starting
  }

  #handle(first: ServiceInfo): ServerHandle {
    const state = { info: first }
    const name = encodeURIComponent(first.name)
    const act = async (what: string): Promise<void> => {
      if (this.#follower && !isInScenario()) return
      state.info = await this.#ask<ServiceInfo>(what)
    }
    const fault = (text: string): void => {
      if (!this.#follower || isInScenario()) this.faults.push({ at: realClock.now(), text })
    }
    const recovery = (): Promise<Recovery> => this.#ask<Recovery>(`/recovery?name=${name}`)
    return {
      name: first.name,
      get url() {
        return state.info.url
      },
      get pid() {
        return state.info.pid
      },
      logs: () => this.#ask<string>(`/logs?name=${name}`),
      restart: async () => {
        fault(`${first.name} restarted`)
        await act(`/restart?name=${name}`)
        return recovery()
      },
      kill: (signal) => {
        fault(`${first.name} killed${signal === undefined ? '' : ` with ${signal}`}`)
        return act(`/kill?name=${name}${signal === undefined ? '' : `&signal=${signal}`}`)
      },
      pause: () => {
        fault(`${first.name} paused`)
        return act(`/pause?name=${name}`)
      },
      resume: () => {
        fault(`${first.name} resumed`)
        return act(`/resume?name=${name}`)
      },
      recovery,
      ...(first.inspect && {
        inspectors: () => this.#ask<readonly string[]>(`/inspectors?name=${name}`),
      }),
      held: () => this.#ask<HeldMemory>(`/held?name=${name}`),
    }
  }

  async #ask<T>(path: string): Promise<T> {
    const client = new Client('http://control', {
      socketPath: this.#path,
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    try {
      const { body } = await client.request({ method: 'POST', path })
      const answer = (await body.json()) as { result?: T; message?: string }
      if (answer.message !== undefined) throw asSaid(answer.message)
      return answer.result as T
    } finally {
      await client.close()
    }
  }
}

/** What went wrong, happened in the main process: the stack of this one would lead nowhere. */
function asSaid(message: string): Error {
  const error = new Error(message)
  error.name = 'ServiceError'
  error.stack = `ServiceError: ${message}`
  return error
}

/** @throws UsageError when the plugin starts no service */
export function needServer(servers: readonly ServerHandle[] | undefined): ServerHandle {
  const [first] = servers ?? []
  if (first !== undefined) return first
  throw UsageError.saying(
    'server',
    "there is no service to control: perf({ server: { command: 'npm start', ready: '/health' } }) starts one (and PERF_BASE_URL, when set, leaves it alone)",
  )
}
