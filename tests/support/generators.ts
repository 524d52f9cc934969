import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { RedisRendezvousOptions } from '../../src/cluster/redis-rendezvous.ts'
import type { ClockOffset } from '../../src/load/run-part.ts'
import type { Entry, Loss } from '../../src/cluster/rendezvous.ts'
import type { Order } from './generator-process.ts'

/** A generator in a process of its own. What fails there, fails here with the same message. */
export interface Generator {
  /** Resolves when it has its place. */
  readonly joined: Promise<void>
  come(event: string, within?: number): Promise<void>
  make(id: string, given: { value?: string; after?: number; fails?: string }): Promise<unknown>
  append(stream: string, data: string): Promise<void>
  read(stream: string, count: number): Promise<Entry[]>
  clock(): Promise<ClockOffset & { readonly wrong: number }>
  /** Those that it hears are lost, as soon as there is one. */
  lost(): Promise<Loss[]>
  leave(): Promise<void>
  signal(name: NodeJS.Signals): void
  kill(): Promise<void>
}

const SCRIPT = join(import.meta.dirname, 'generator-process.ts')

/** A process of its own, and one meeting unless something else is said. */
export type GeneratorOptions = Omit<RedisRendezvousOptions, 'nonce' | 'meeting'> &
  Partial<RedisRendezvousOptions>

/** Starts one; it ends with the test. */
export function generator(
  given: GeneratorOptions,
  env: Readonly<Record<string, string>> = {},
): Generator {
  const options: RedisRendezvousOptions = { nonce: randomUUID(), meeting: 'a.perf.ts', ...given }
  const child = fork(SCRIPT, {
    env: { ...process.env, ...env, GENERATOR: JSON.stringify(options) },
  })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const reply = (nth: number): PromiseWithResolvers<unknown> => {
    const known = waiting.get(nth) ?? Promise.withResolvers<unknown>()
    waiting.set(nth, known)
    known.promise.catch(() => undefined)
    return known
  }
  child.on(
    'message',
    ({ nth, problem, result }: { nth: number; problem?: string; result?: unknown }) => {
      if (problem === undefined) reply(nth).resolve(result)
      else reply(nth).reject(new Error(problem))
    },
  )
  const ended = once(child, 'exit').then(() => {
    for (const { reject } of waiting.values()) reject(new Error('the generator has ended'))
  })
  const count = { orders: 0 }
  const ask = async (act: Order['act'], ...args: readonly unknown[]): Promise<unknown> => {
    const nth = ++count.orders
    child.send({ nth, act, args } satisfies Order)
    return reply(nth).promise
  }
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  return {
    joined: reply(0).promise as Promise<void>,
    come: (...args) => ask('come', ...args) as Promise<void>,
    make: (...args) => ask('make', ...args),
    append: (...args) => ask('append', ...args) as Promise<void>,
    read: (...args) => ask('read', ...args) as Promise<Entry[]>,
    clock: () => ask('clock') as Promise<ClockOffset & { wrong: number }>,
    lost: () => ask('lost') as Promise<Loss[]>,
    leave: () => ask('leave') as Promise<void>,
    signal: (name) => void child.kill(name),
    kill,
  }
}
