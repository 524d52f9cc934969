import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { randomUUID } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { json } from 'node:stream/consumers'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SteerAnswer, SteerCommand } from '../load/steering.ts'
import type { Tick } from '../load/tick.ts'
import type { ServiceSpec } from '../service/options.ts'
import { startServices, type Services } from '../service/services.ts'
import type { Service } from '../service/start-service.ts'
import {
  RunningLoads,
  type RunningLoad,
  type SteerHello,
  type SteerReply,
} from './running-loads.ts'

/** What a test process learns of a service. */
export interface ServiceInfo {
  readonly name: string
  readonly url: string | undefined
  readonly pid: number
  /** Whether its processes in Node can be inspected. */
  readonly inspect: boolean
}

/** Answers what a test process asks. */
export type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** A path that only this process and its children know; nothing listens there until it is needed. */
export function controlPath(): string {
  const name = `vitest-perf-${randomUUID()}`
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`)
}

/**
 * Lives in the main process, beside Vitest, and owns the services under test: test processes come
 * and go with their files, the services stay for the whole run. They are started by the first test that
 * runs, not before.
 */
export class ControlServer {
  /** What else test processes and the command line of the same user may ask, by path; one that throws answers with its message. */
  readonly routes = new Map<string, Route>()
  /** What ends with the run, beside the services. */
  readonly ends = new Set<() => Promise<void>>()
  readonly running = new RunningLoads()
  readonly #listeners = new Set<(tick: Tick) => void>()
  readonly #specs: readonly ServiceSpec[]
  readonly #path: string
  #server: Server | undefined
  #starting: Promise<Services> | undefined
  #services: readonly Service[] = []

  constructor(specs: readonly ServiceSpec[], path: string) {
    this.#specs = specs
    this.#path = path
  }

  /** Tells what loads do, tick by tick. Gives how to end that. */
  onTick(listener: (tick: Tick) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The services that run, in the order of their start. */
  get services(): readonly Service[] {
    return this.#services
  }

  /** The loads that run now. */
  loads(): readonly RunningLoad[] {
    return this.running.all()
  }

  /**
   * Has a load do something, and gives its answer, after 5 s at the latest. Never rejects.
   * @param which its title or its id; without one, the only load that runs
   */
  steer(which: string | undefined, command: SteerCommand): Promise<SteerAnswer> {
    return this.running.steer(which, command)
  }

  /** Begins to listen; nothing is started yet. */
  async listen(): Promise<void> {
    if (this.#server !== undefined) return
    const server = createServer((request, response) => {
      void this.#answer(request, response)
    })
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.#path, resolve)
    })
    // A folder for all may be shared with others.
    if (process.platform !== 'win32') chmodSync(this.#path, 0o600)
    server.unref()
  }

  /** Stops the services and the listening. */
  async close(): Promise<void> {
    await Promise.all([...this.ends].map((end) => end()))
    const starting = this.#starting
    this.#starting = undefined
    const services = await starting?.catch(() => undefined)
    await services?.stop()
    this.#services = []
    const server = this.#server
    this.#server = undefined
    server?.closeAllConnections()
    await new Promise<void>((resolve) =>
      server === undefined ? resolve() : server.close(() => resolve()),
    )
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://control')
    try {
      if (await this.#ofLoads(url.pathname, request, response)) return
      const route = this.routes.get(url.pathname)
      if (route !== undefined) return await route(request, response)
      this.#starting ??= startServices(this.#specs)
      const { all } = await this.#starting
      this.#services = all
      const name = url.searchParams.get('name')
      const service = name === null ? all[0] : all.find((each) => each.name === name)
      const result = url.pathname === '/start' ? all.map(infoOf) : await act(service, url)
      response.end(JSON.stringify({ result }))
    } catch (error) {
      response.statusCode = 500
      response.end(
        JSON.stringify({ message: error instanceof Error ? error.message : String(error) }),
      )
    }
  }

  /** What the loads of test processes say of themselves. */
  async #ofLoads(
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> {
    if (path === '/steer') {
      this.running.open((await json(request)) as SteerHello, response)
      return true
    }
    if (path === '/tick') this.#tick((await json(request)) as Tick)
    else if (path === '/steered') this.running.replied((await json(request)) as SteerReply)
    else return false
    response.end()
    return true
  }

  #tick(tick: Tick): void {
    this.running.take(tick)
    for (const listener of this.#listeners) listener(tick)
  }
}

const infoOf = ({ name, url, pid, inspect }: Service): ServiceInfo => ({ name, url, pid, inspect })

async function act(service: Service | undefined, url: URL): Promise<unknown> {
  if (service === undefined)
    throw new Error(`no service is called ${url.searchParams.get('name') ?? ''}`)
  switch (url.pathname) {
    case '/logs':
      return service.logs()
    case '/inspectors':
      return service.inspectors()
    case '/held':
      return service.held()
    case '/recovery':
      return service.recovery()
    case '/restart':
      await service.restart()
      break
    case '/kill':
      await service.kill(
        (url.searchParams.get('signal') ?? undefined) as NodeJS.Signals | undefined,
      )
      break
    case '/pause':
      await service.pause()
      break
    case '/resume':
      await service.resume()
      break
    default:
      throw new Error(`unknown request ${url.pathname}`)
  }
  return infoOf(service)
}
