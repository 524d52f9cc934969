import { randomUUID } from 'node:crypto'
import { availableParallelism } from 'node:os'
import type { TestContext } from 'vitest'
import type { Timeouts } from '../clients/timeouts.ts'
import type { ClusterPlace } from '../cluster/place.ts'
import type { Json, Rendezvous } from '../cluster/rendezvous.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Collective } from '../load/collective.ts'
import { generatorCount } from '../load/generators-option.ts'
import { toLoadRun, type LoadRun, type MeasuredRun } from '../load/load-run.ts'
import { planLoad, type LoadOptions } from '../load/options.ts'
import { meet, type Meeting } from './meeting.ts'
import { orderGenerators } from './order-generators.ts'
import type { PerfConfig } from './perf-config.ts'
import { titleOf } from './task-title.ts'
import { versions } from './versions.ts'

interface Attempt {
  readonly config: PerfConfig
  readonly task: Pick<TestContext['task'], 'id' | 'file' | 'name' | 'suite' | 'result'>
}

/** Of loads that one generator runs alone: the others get their runs by this stream. */
const ALONE = 'alone'

interface Published {
  readonly [name: string]: Json
  /** Among the loads of the test, from 0. */
  readonly nth: number
  readonly run: string
}

/**
 * The generators of one attempt of a test. The first one asks for the others when a load wants them; they run
 * the same test from its beginning, and are there until it ends.
 */
export class TestGenerators {
  readonly #attempt: Attempt
  /** What ran alone, in the order of the test. */
  readonly #alone: LoadRun[] = []
  #meeting: Promise<Meeting> | undefined
  #loads = 0

  constructor(attempt: Attempt) {
    this.#attempt = attempt
  }

  /** Runs a load with as many generators as it wants; each gets the same run. */
  async run(
    count: number,
    load: (collective: Collective | undefined) => Promise<LoadRun>,
  ): Promise<LoadRun> {
    const nth = this.#loads++
    const { place } = this.#attempt.config
    if (count > 1) return load(await this.#gather(count))
    if (place !== undefined && place.share.index > 0) return this.#ranElsewhere(place, nth)
    const run = await load(undefined)
    this.#alone.push(run)
    if (this.#meeting !== undefined) await publish((await this.#meeting).rendezvous, nth, run)
    return run
  }

  /**
   * How many generate a load: what it says itself, or the environment.
   * @param note is told why it is one where several were wanted
   * @throws UsageError for every mistake in its options
   */
  count(options: LoadOptions, timeouts: Timeouts, note: (text: string) => void): number {
    const { place, follower, generators, control } = this.#attempt.config
    if (place !== undefined && follower === undefined) return place.share.of
    if ((generators ?? options?.generators) === undefined) return 1
    const spare = { cores: availableParallelism(), serviceHere: control !== undefined }
    const found = generatorCount(planLoad(options, timeouts), generators, spare)
    if (found.note !== undefined) note(`one generator: ${found.note}`)
    return found.count
  }

  /** The others, where a run has them already: not every kind of load can be shared. */
  async others(): Promise<Collective | undefined> {
    const { place, generators } = this.#attempt.config
    if (place !== undefined) this.#meeting ??= this.#meet(place)
    // Several were wanted of every load, not of this one.
    else if (generators !== undefined) return undefined
    return (await this.#meeting)?.collective
  }

  /** The attempt is over: the others come to their ends, too. */
  async leave(): Promise<void> {
    const meeting = await this.#meeting?.catch(() => undefined)
    this.#meeting = undefined
    await meeting?.leave()
  }

  async #gather(count: number): Promise<Collective> {
    const { config } = this.#attempt
    this.#meeting ??= config.place === undefined ? this.#order(count) : this.#meet(config.place)
    const { of, collective } = await this.#meeting
    if (of === count) return collective
    const message = `the loads of one test share their generators, and this one wants ${count} where an earlier one has ${of}: write the same number in all of them`
    throw UsageError.saying('load.generators', message, count)
  }

  /** Has further processes run this test, as its other generators. */
  async #order(of: number): Promise<Meeting> {
    const { config, task } = this.#attempt
    const runId = randomUUID()
    const test = { file: task.file.filepath, id: task.id, execArgv: process.execArgv }
    const ordered = await orderGenerators(config.live, { runId, test, of })
    const place = { runId, rendezvous: ordered.rendezvous, share: { index: 0, of } }
    const meeting = await this.#meet(place, ordered.gone).catch(async (error: unknown) => {
      await ordered.end()
      throw error
    })
    for (const [nth, run] of this.#alone.entries()) await publish(meeting.rendezvous, nth, run)
    return {
      ...meeting,
      leave: async () => {
        await meeting.leave()
        await ordered.end()
      },
    }
  }

  /** The run of a load that the first generator ran alone. */
  async #ranElsewhere(place: ClusterPlace, nth: number): Promise<LoadRun> {
    this.#meeting ??= this.#meet(place)
    const { rendezvous } = await this.#meeting
    const over = new AbortController()
    for await (const { data } of rendezvous.read(ALONE, over.signal)) {
      const published = data as Published
      if (published.nth !== nth) continue
      over.abort()
      return toLoadRun(JSON.parse(published.run) as MeasuredRun)
    }
    throw new Error('the first generator has ended')
  }

  #meet(place: ClusterPlace, gone?: AbortSignal): Promise<Meeting> {
    const { task, config } = this.#attempt
    const meeting = `${task.file.name} > ${titleOf(task)}${attemptOf(task, config)}`
    return meet(place, { meeting, nonce: config.live, facts: { version: versions() } }, gone)
  }
}

/** Machines try a test again each for itself; generators of one machine meet anew for each attempt. */
function attemptOf({ result }: Attempt['task'], { place, follower }: PerfConfig): string {
  const nth = (result?.retryCount ?? 0) + (result?.repeatCount ?? 0)
  return nth === 0 || place === undefined || follower === true ? '' : `, attempt ${nth + 1}`
}

const publish = (rendezvous: Rendezvous, nth: number, run: LoadRun): Promise<void> =>
  rendezvous.append(ALONE, { nth, run: JSON.stringify(run) } satisfies Published)
