import { show } from '../errors/show.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Key } from './socket-same.ts'
import { pathTo } from './wires/wire.ts'

/** Those who wait for a value at one path. */
interface At<R> {
  readonly read: (message: unknown) => unknown
  readonly readers: Map<unknown, R>
}

/** Those who wait for an answer with a value of their own, found by that value. */
export class KeyedReaders<R> {
  readonly #paths = new Map<string, At<R>>()

  /** @throws UsageError when somebody waits for the same answer already */
  add({ path, value }: Key, reader: R): void {
    let here = this.#paths.get(path)
    if (here === undefined) {
      this.#paths.set(path, (here = { read: pathTo(path), readers: new Map<unknown, R>() }))
    }
    const { readers } = here
    if (readers.has(value)) {
      const what = `another request whose ${path} is ${show(value)} waits for its answer`
      throw UsageError.saying(`same('${path}')`, `${what}: give each its own`)
    }
    readers.set(value, reader)
  }

  delete({ path, value }: Key, reader: R): void {
    const readers = this.#paths.get(path)?.readers
    if (readers?.get(value) === reader) readers.delete(value)
  }

  /** Who waits for this message; it is read only when somebody may. */
  find(message: { readonly value: unknown }): R | undefined {
    for (const { read, readers } of this.#paths.values()) {
      if (readers.size === 0) continue
      const reader = readers.get(read(message.value))
      if (reader !== undefined) return reader
    }
    return undefined
  }

  *all(): Generator<R> {
    for (const { readers } of this.#paths.values()) yield* readers.values()
  }
}
