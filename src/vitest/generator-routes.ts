import type { IncomingMessage, ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import type { TestProject } from 'vitest/node'
import { serveLocal, type LocalServer } from '../cluster/local-server.ts'
import { controlPath } from './control-server.ts'
import { GeneratorGroup } from './generator-group.ts'
import type { GeneratorLine, GeneratorOrder } from './generator-order.ts'

interface Open {
  readonly group: GeneratorGroup
  readonly server: LocalServer
}

/**
 * The groups of generators of this run, in the main process. A test process asks for one and holds the answer
 * open, by which it hears of those that end; when it dies, they are ended.
 */
export class GeneratorRoutes {
  readonly #project: () => TestProject
  readonly #open = new Map<string, Open>()

  /** @param project of the tests; a config that changes makes another one of it */
  constructor(project: () => TestProject) {
    this.#project = project
  }

  /** A group, until `end` or until the response is closed. */
  async begin(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const order = (await json(request)) as GeneratorOrder
    const tell = (line: GeneratorLine): void => void response.write(`${JSON.stringify(line)}\n`)
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).flushHeaders()
    try {
      await this.#start(order, response, tell)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      tell({ kind: 'failed', why: `no further generators could be started: ${why}` })
      await this.#close(order.runId)
      response.end()
    }
  }

  async #start(
    order: GeneratorOrder,
    response: ServerResponse,
    tell: (line: GeneratorLine) => void,
  ): Promise<void> {
    const path = controlPath()
    const server = await serveLocal(path)
    // Who asked may be gone by now.
    if (response.destroyed) return server.close()
    const rendezvous = `local:${path}`
    const group = new GeneratorGroup(this.#project(), order, { rendezvous, tell })
    this.#open.set(order.runId, { group, server })
    response.on('close', () => void this.#close(order.runId))
    await group.begin()
    tell({ kind: 'ready', rendezvous })
  }

  /** The test of a group has ended in its first generator; answers when it has in all. */
  async end(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { runId } = (await json(request)) as Pick<GeneratorOrder, 'runId'>
    const open = this.#open.get(runId)
    await open?.group.end()
    await this.#close(runId)
    response.end()
  }

  /** Ends all of them at once. */
  async close(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((runId) => this.#close(runId)))
  }

  async #close(runId: string): Promise<void> {
    const open = this.#open.get(runId)
    if (open === undefined) return
    this.#open.delete(runId)
    await open.group.stop()
    await open.server.close()
  }
}
