import { show } from '../errors/show.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Sendable } from './socket-message.ts'
import { pathTo } from './wires/wire.ts'

/** Answers that have a field's value in common with their request: see `same`. */
export class Same {
  readonly path: string
  readonly read: (message: unknown) => unknown

  constructor(path: string) {
    this.path = path
    this.read = pathTo(path)
  }
}

/** What the answer to one request has at a path. */
export interface Key {
  readonly path: string
  readonly value: unknown
}

/**
 * Matches the answer that has the same value at a path as its request, as in JSON-RPC:
 * `socket.request({ jsonrpc: '2.0', id: 7, method: 'add' }, same('id'))`. Many requests may be under way
 * on one socket; finding the one that a message answers takes the same time however many there are.
 */
export const same = (path: string): Same => new Same(path)

/** @throws UsageError when the request has no plain value there */
export function keyOf(message: Sendable, { path, read }: Same): Key {
  const value = read(message)
  if (typeof value === 'string' || typeof value === 'number') return { path, value }
  throw new UsageError(`same('${path}')`, `of a request that has text or a number there`, message)
}

/** `message whose id is 7` */
export const describeKey = ({ path, value }: Key): string =>
  `message whose ${path} is ${show(value)}`
