import { setTimeout as later } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'
import type { ClusterPlace } from '../cluster/place.ts'
import { generatorName } from '../cluster/rendezvous.ts'
import type { Ms } from '../units/units.ts'
import { FollowerWorker, type FollowerEnd } from './follower-worker.ts'
import type { GeneratorLine, GeneratorOrder } from './generator-order.ts'
import type { PerfConfig } from './perf-config.ts'

/** For one whose test has ended in the first generator, and goes on: its users say good-bye, its hooks clean up. */
const LAST_WAIT: Ms = 10_000

/** The further generators of one attempt of a test: processes of this machine, which run the same test. */
export class GeneratorGroup {
  readonly #order: GeneratorOrder
  readonly #tell: (line: GeneratorLine) => void
  readonly #followers: readonly FollowerWorker[]
  readonly #uncancel: () => void
  readonly #log: (text: string) => void
  #ending = false

  /** @param rendezvous where they meet; see `ClusterPlace` */
  constructor(
    project: TestProject,
    order: GeneratorOrder,
    { rendezvous, tell }: { rendezvous: string; tell: (line: GeneratorLine) => void },
  ) {
    this.#order = order
    this.#tell = tell
    this.#log = (text) => project.vitest.logger.error(text)
    const { of, runId, test } = order
    this.#followers = Array.from({ length: of - 1 }, (_, nth) => {
      const place: ClusterPlace = { runId, rendezvous, share: { index: nth + 1, of } }
      // Vitest numbers the processes of a run from 1.
      const number = 1_000 + nth
      return new FollowerWorker(project, test, { number, provided: providedFor(project, place) })
    })
    this.#uncancel = project.vitest.onCancel(() => {
      for (const follower of this.#followers) follower.cancel()
    })
  }

  /** Starts them; each that ends too early is told of. */
  async begin(): Promise<void> {
    const all = this.#followers.map(async (follower, nth) => {
      void follower.ended.then((end) => this.#gone(nth + 1, end, follower.printed))
      await follower.start()
    })
    await Promise.all(all)
  }

  /** The test has ended in the first generator: the others come to their ends, or are brought there. */
  async end(): Promise<void> {
    this.#ending = true
    const all = Promise.all(this.#followers.map(({ ended }) => ended))
    const late = new AbortController()
    await Promise.race([all, later(LAST_WAIT, undefined, { ref: false, signal: late.signal })])
    late.abort()
    await this.stop()
  }

  /** Ends them at once. */
  async stop(): Promise<void> {
    this.#ending = true
    this.#uncancel()
    await Promise.all(this.#followers.map((follower) => follower.stop()))
  }

  #gone(generator: number, { died, error }: FollowerEnd, printed: string): void {
    if (this.#ending) return
    const what = died === undefined ? 'its test ended' : `its process ended (${died})`
    const lines = [
      `${generatorName(generator, this.#order.of)}: ${what}`,
      ...(error === undefined ? [] : [`  ${error}`]),
      ...printed.split('\n').flatMap((line) => (line.trim() === '' ? [] : [`  | ${line}`])),
    ]
    const why = lines.join('\n')
    // In the middle of a load it is missed by others first, who do not know why.
    if (died !== undefined) this.#log(` perf: ${why}`)
    this.#tell({ kind: 'gone', generator, why })
  }
}

/** Nothing of what it measures is annotated or kept: the first generator has all of it. */
function providedFor(project: TestProject, place: ClusterPlace): Record<string, unknown> {
  const config = JSON.parse(project.getProvidedContext()['vitest-perf']) as PerfConfig
  const told: PerfConfig = { ...config, place, follower: true, annotate: false }
  return { 'vitest-perf': JSON.stringify(told), 'vitest-perf:journal': undefined }
}
