import { UsageError } from '../errors/usage-error.ts'
import { askMain } from './ask-main.ts'
import { providedConfig } from './config.ts'
import type { OnceAnswer, OnceDone } from './once-store.ts'

/**
 * Does something once in a run, however many test files, attempts and generators come by it: seeds a data base, logs
 * in, creates the room that all users enter. The first to come does it, and all get its result.
 *
 * @param id names it, in the whole run
 * @param make gives a result that JSON can hold: all get what came back from JSON, its maker too
 * @throws what `make` threw, in all of them: elsewhere as an error with its message
 */
export async function once<T>(id: string, make: () => T | Promise<T>): Promise<T> {
  if (typeof id !== 'string' || id === '') throw new UsageError('once(id)', 'a name', id)
  const { live, place, follower } = providedConfig()
  // The main process of a generator that was started for another is that one's.
  const machines = follower === true ? undefined : place
  const making =
    machines === undefined
      ? make
      : async () =>
          (await import('./once-for-all.ts')).onceForAll(machines, { id, nonce: live }, make)
  const answer = await askMain<OnceAnswer>(live, '/once', { id })
  for await (const said of answer.lines) {
    if (said.kind === 'make') return makeIt(live, id, making)
    if (said.kind === 'error') throw new Error(`once('${id}'): ${said.message}`)
    return said.value as T
  }
  throw new Error(`once('${id}'): the main process of the run is gone`)
}

async function makeIt<T>(live: string, id: string, make: () => T | Promise<T>): Promise<T> {
  const tell = async (done: OnceDone): Promise<void> => {
    const told = await askMain(live, '/once/made', { id, done })
    for await (const _ of told.lines) void _
  }
  try {
    const text = jsonOf(id, await make())
    const value: unknown = text === undefined ? undefined : JSON.parse(text)
    await tell({ kind: 'value', value })
    return value as T
  } catch (error) {
    await tell({ kind: 'error', message: error instanceof Error ? error.message : String(error) })
    throw error
  }
}

/** @throws UsageError for what JSON cannot hold */
function jsonOf(id: string, value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw UsageError.saying('once', `the result of once('${id}') crosses processes as JSON: ${why}`)
  }
}
