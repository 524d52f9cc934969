import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { findCores } from './cores.ts'

export interface ChildOptions {
  /** Which of the two cores it runs on, with nothing else of ours; without one, where the system puts it. */
  readonly core?: 'server' | 'client'
  readonly nodeOptions?: readonly string[]
}

interface Reply {
  readonly id: number
  readonly value?: unknown
  readonly error?: string
}

/** A process of one side of a bench, pinned to its core. Its functions are called by name. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>()
  #calls = 0

  constructor(file: URL, { core, nodeOptions = [] }: ChildOptions) {
    const cores = findCores()
    const command = [process.execPath, ...nodeOptions, fileURLToPath(file)]
    const pinned =
      cores === undefined || core === undefined
        ? command
        : ['taskset', '-c', `${cores[core]}`, ...command]
    const [program = '', ...args] = pinned
    this.#process = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    this.#process.on('message', (reply: Reply) => this.#settle(reply))
    this.#process.on('exit', (code, signal) => this.#ended(`${file.pathname}: ${code ?? signal}`))
  }

  /** Calls a function in the child; its result is what the caller says it is. */
  async call<T>(name: string, ...args: readonly unknown[]): Promise<T> {
    const id = this.#calls++
    const reply = Promise.withResolvers<unknown>()
    this.#waiting.set(id, reply)
    this.#process.send({ id, name, args })
    return (await reply.promise) as T
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const exit = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await exit
  }

  #settle({ id, value, error }: Reply): void {
    const reply = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) reply?.resolve(value)
    else reply?.reject(new Error(error))
  }

  #ended(how: string): void {
    for (const reply of this.#waiting.values()) reply.reject(new Error(`child ended, ${how}`))
    this.#waiting.clear()
  }
}
