import type { Bytes, Ms } from '../units/units.ts'
import { InspectorClient, InspectorGone } from './inspector-client.ts'

/** Memory that is still held after a full collection, of all processes that can be inspected. */
export interface HeldMemory {
  readonly bytes: Bytes
  /** What tells each of them from any other. */
  readonly processes: readonly string[]
}

const SAID = /Debugger listening on (ws:\/\/\S+)/
/** A collection halts the process for as long as its heap takes, some 20 ms usually. */
const LONGEST: Ms = 30_000

/** The processes of a service in Node that was started with `--inspect`, as they said themselves. */
export class Inspectors {
  readonly #urls = new Set<string>()

  /** Takes in a line of the service's log. */
  note(line: string): void {
    const [, url] = SAID.exec(line) ?? []
    if (url !== undefined) this.#urls.add(url)
  }

  /** Where each of them can be inspected; some may have ended. */
  get urls(): readonly string[] {
    return [...this.#urls]
  }

  /**
   * Collects all garbage and adds up what is left: heap in use and what it holds outside of it. Those that
   * have ended are left out and forgotten.
   */
  async collect(): Promise<HeldMemory> {
    const all = new Map<string, Bytes>()
    for (const url of this.#urls) {
      const held = await heldBy(url)
      if (held === undefined) this.#urls.delete(url)
      else all.set(url, held)
    }
    const bytes = [...all.values()].reduce((sum, each) => sum + each, 0)
    return { bytes, processes: [...all.keys()] }
  }
}

const MEASURE = {
  expression: '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())',
  returnByValue: true,
}

/** `undefined` when the process has gone. The inspector is left again at once. */
async function heldBy(url: string): Promise<Bytes | undefined> {
  const client = await InspectorClient.open(url).catch((error: unknown) => {
    if (error instanceof InspectorGone) return undefined
    throw error
  })
  if (client === undefined) return undefined
  try {
    // The second one frees what the first only found: buffers, and what finalizers held.
    await client.ask('HeapProfiler.collectGarbage', {}, LONGEST)
    await client.ask('HeapProfiler.collectGarbage', {}, LONGEST)
    return numberIn(await client.ask('Runtime.evaluate', MEASURE, LONGEST))
  } finally {
    client.close()
  }
}

function numberIn(result: unknown): Bytes {
  const { result: inner } = result as { readonly result?: { readonly value?: unknown } }
  if (typeof inner?.value === 'number') return inner.value
  throw new Error('the inspected process has no process.memoryUsage()')
}
