import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { SteerableLoad, SteerAnswer, SteerCommand } from '../load/steering.ts'
import type { Tick } from '../load/tick.ts'
import type { Ms } from '../units/units.ts'

/** The test that a load belongs to. */
export interface RunningTest {
  /** Of Vitest's task. */
  readonly id: string
  /** From the root of the project. */
  readonly file: string
  /** With the names of its groups. */
  readonly name: string
  /** Where it is in its file, from 1; `undefined` when Vitest did not look. */
  readonly line?: number | undefined
  /** The id of the run, which its run file will have. */
  readonly run?: string | undefined
}

/** A load that runs now. */
export interface RunningLoad extends SteerableLoad {
  /** How it stood at last; `undefined` before its first tick. */
  readonly tick: Tick | undefined
  /** `undefined` for a load of no test that is known. */
  readonly test: RunningTest | undefined
}

/** What a test process says of its load when it begins to listen. */
export interface SteerHello {
  readonly load: SteerableLoad
  /** Of Vitest's task. */
  readonly task: string
}

/** One line of what a load is told. */
export interface SteerOrder {
  readonly nr: string
  readonly command: SteerCommand
}

/** What a load answers to it. */
export interface SteerReply {
  readonly nr: string
  readonly answer: SteerAnswer
}

interface Listening extends SteerHello {
  readonly response: ServerResponse
  tick: Tick | undefined
}

interface Waiting {
  readonly load: string
  readonly resolve: (answer: SteerAnswer) => void
}

/** A load that is busy answers within some milliseconds; one that does not is stuck. */
const PATIENCE: Ms = 5_000

/**
 * The loads that run in the test processes, as the main process knows them. Each holds a response open and
 * is told by it, line by line, what it is to do; when its process dies, so does that.
 */
export class RunningLoads {
  /** Which test a task is. */
  testOf: (task: string) => RunningTest | undefined = () => undefined
  readonly #listening = new Map<string, Listening>()
  readonly #waiting = new Map<string, Waiting>()
  readonly #patience: Ms

  constructor(patience = PATIENCE) {
    this.#patience = patience
  }

  /** A load listens from now on, until the response is closed. */
  open(hello: SteerHello, response: ServerResponse): void {
    const { id } = hello.load
    this.#listening.set(id, { ...hello, response, tick: undefined })
    response.on('close', () => this.#closed(id))
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).flushHeaders()
  }

  /** A load has answered. */
  replied({ nr, answer }: SteerReply): void {
    const waiting = this.#waiting.get(nr)
    this.#waiting.delete(nr)
    waiting?.resolve(answer)
  }

  /** Keeps how a load stands. */
  take(tick: Tick): void {
    for (const each of this.#listening.values()) {
      if (each.load.title === tick.title) each.tick = tick
    }
  }

  /** In the order in which they began. */
  all(): readonly RunningLoad[] {
    return [...this.#listening.values()].map(({ load, task, tick }) => ({
      ...load,
      tick,
      test: this.testOf(task),
    }))
  }

  /**
   * Has a load do something.
   * @param which its title or its id; without one, the only load that runs, and a stop is for all of them
   */
  async steer(which: string | undefined, command: SteerCommand): Promise<SteerAnswer> {
    const all = [...this.#listening.values()]
    const named = all.filter(({ load }) => which === undefined || isNamed(load, which))
    const [only, ...others] = named
    if (only === undefined) return { ok: false, message: noneOf(which, all) }
    if (others.length === 0) return this.#tell(only, command)
    if (command.kind === 'stop') return bothOf(named, (each) => this.#tell(each, command))
    const titles = named.map(({ load }) => JSON.stringify(load.title)).join(', ')
    return { ok: false, message: `${named.length} loads run, say which: ${titles}` }
  }

  #tell({ load, response }: Listening, command: SteerCommand): Promise<SteerAnswer> {
    const nr = randomUUID()
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(nr)
        const message = `${load.title} did not answer within ${this.#patience} ms`
        resolve({ ok: false, message })
      }, this.#patience)
      timer.unref()
      this.#waiting.set(nr, {
        load: load.id,
        resolve: (answer) => {
          clearTimeout(timer)
          resolve(answer)
        },
      })
      const order: SteerOrder = { nr, command }
      response.write(`${JSON.stringify(order)}\n`)
    })
  }

  #closed(id: string): void {
    const title = this.#listening.get(id)?.load.title ?? 'the load'
    this.#listening.delete(id)
    for (const [nr, { load }] of this.#waiting) {
      if (load === id) this.replied({ nr, answer: { ok: false, message: `${title} has ended` } })
    }
  }
}

const isNamed = ({ id, title }: SteerableLoad, which: string): boolean =>
  id === which || title === which

function noneOf(which: string | undefined, all: readonly Listening[]): string {
  if (all.length === 0) return 'no load is running'
  const titles = all.map(({ load }) => JSON.stringify(load.title)).join(', ')
  return `no load ${JSON.stringify(which)} is running; known: ${titles}`
}

/** What all of them said, as one. */
async function bothOf(
  loads: readonly Listening[],
  tell: (load: Listening) => Promise<SteerAnswer>,
): Promise<SteerAnswer> {
  const answers = await Promise.all(loads.map(tell))
  const refused = answers.find(({ ok }) => !ok)
  if (refused !== undefined) return refused
  const said = answers.map((answer) => (answer.ok ? answer.said : answer.message))
  return { ok: true, said: [...new Set(said)].join(', ') }
}
