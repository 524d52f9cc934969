import { distDir, ForksPoolWorker } from 'vitest/node'
import type { TestProject, WorkerRequest, WorkerResponse } from 'vitest/node'
import { answerCalls, isCall } from './follower-calls.ts'
import { configOf, environmentOf, unheard } from './follower-surroundings.ts'
import type { Ms } from '../units/units.ts'
import { thrownText } from './thrown-text.ts'

/** The test that a follower runs, as the process tells it that runs it first. */
export interface FollowedTest {
  readonly file: string
  /** Vitest's id of it: whatever its name is, and however often that is given. */
  readonly id: string
  /** Flags of Node of that process. */
  readonly execArgv: readonly string[]
}

/** How a follower ended. */
export interface FollowerEnd {
  /** Missing when it ran its file to the end: `exit code 1`, `SIGKILL`. */
  readonly died?: string | undefined
  /** What was thrown in it first. */
  readonly error?: string | undefined
}

type Request = WorkerRequest extends infer R
  ? R extends { __vitest_worker_request__: true }
    ? Omit<R, '__vitest_worker_request__'>
    : never
  : never

/** Vitest's own, for a process that runs tests in Node. */
const ENVIRONMENT = { name: 'node', options: null }
/** From the end of its process to that of what it has printed. */
const LAST_WORDS: Ms = 100
/** Of what it prints, for the day it fails. */
const MOST_KEPT = 4_000

/**
 * One more process that runs one test of this Vitest, with the same modules, config and values, and that
 * nobody hears of. It is made of what Vitest exports for pools of one's own.
 */
export class FollowerWorker {
  /** Resolves when it has ended, whatever way. */
  readonly ended: Promise<FollowerEnd>
  readonly #project: TestProject
  readonly #test: FollowedTest
  readonly #provided: Readonly<Record<string, unknown>>
  readonly #worker: ForksPoolWorker
  readonly #number: number
  #printed = ''
  #exited = false
  #error: string | undefined
  #end: (end: FollowerEnd) => void = () => {}

  /** `provided`: what it may `inject`, beside what any test process may. */
  constructor(
    project: TestProject,
    test: FollowedTest,
    { number, provided }: { number: number; provided: Readonly<Record<string, unknown>> },
  ) {
    this.#project = project
    this.#test = test
    this.#number = number
    this.#provided = provided
    this.ended = new Promise((resolve) => {
      this.#end = resolve
    })
    this.#worker = new ForksPoolWorker({
      distPath: distDir,
      project: unheard(project, (text) => this.#print(text)),
      method: 'run',
      environment: ENVIRONMENT,
      execArgv: [...test.execArgv],
      env: environmentOf(project),
    })
  }

  /** The end of what it has printed. */
  get printed(): string {
    return this.#printed
  }

  async start(): Promise<void> {
    const worker = this.#worker
    const answer = answerCalls(this.#project, {
      error: (error) => {
        this.#error ??= thrownText(error)
      },
      print: (text) => this.#print(text),
    })
    await worker.start()
    worker.on('exit', (code: number | null, signal: string | null) => {
      this.#exited = true
      // What it has written last comes after that.
      setTimeout(() => this.#ends({ died: signal ?? `exit code ${code ?? '?'}` }), LAST_WORDS)
    })
    worker.on('error', (error: unknown) => this.#ends({ died: thrownText(error) }))
    worker.on('message', (message: unknown) => {
      if (isCall(message)) void answer(message).then((reply) => this.#post(reply))
      else this.#hear(message as WorkerResponse)
    })
    this.#request({
      type: 'start',
      poolId: this.#number,
      workerId: this.#number,
      options: { reportMemory: false },
      context: { environment: ENVIRONMENT, config: configOf(this.#project), pool: worker.name },
      traces: { enabled: false },
    })
  }

  /** As Vitest cancels a run: the test's signal aborts. */
  cancel(): void {
    this.#post({ t: 'q', m: 'onCancel', a: ['keyboard-input'] })
  }

  /** Ends its process. */
  async stop(): Promise<void> {
    this.#ends({})
    // One that a signal has ended already would be waited for: it has no exit code.
    if (!this.#exited) await this.#worker.stop().catch(() => {})
  }

  #hear(message: WorkerResponse): void {
    if (message.type === 'stopped') return
    if (message.error !== undefined) this.#error ??= thrownText(message.error)
    if (message.type === 'testfileFinished' || message.error !== undefined) return this.#ends({})
    const { file, id } = this.#test
    this.#request({
      type: 'run',
      context: {
        files: [{ filepath: file, testIds: [id] }],
        providedContext: { ...this.#project.getProvidedContext(), ...this.#provided },
        workerId: this.#number,
        environment: ENVIRONMENT,
        invalidates: [],
      },
    })
  }

  #ends(end: FollowerEnd): void {
    this.#end({ ...end, error: this.#error })
  }

  #request(request: Request): void {
    this.#post({ __vitest_worker_request__: true, ...request })
  }

  /** To one that is gone nothing is said. */
  #post(message: unknown): void {
    try {
      this.#worker.send(message as WorkerRequest)
    } catch {
      return
    }
  }

  #print(text: string): void {
    this.#printed = (this.#printed + text).slice(-MOST_KEPT)
  }
}
