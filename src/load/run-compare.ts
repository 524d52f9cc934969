import { DEFAULT_TRANSPORT } from '../clients/transport.ts'
import { Mistakes } from '../errors/mistakes.ts'
import { seedOf } from '../stats/random.ts'
import { assertNotAborted } from './aborted.ts'
import { planCompare, type ComparePlan } from './ab-options.ts'
import { blockOrder, type AbSide } from './ab-order.ts'
import { pairsOf, toBlock, type MeasuredBlock } from './ab-blocks.ts'
import { toAbRun, usualChanges, type AbData, type AbRun } from './ab-run.ts'
import { toTargets, type AbTarget, type NamedServers } from './ab-targets.ts'
import { behavioursOf } from './behaviours.ts'
import type { LoadEnvironment } from './environment.ts'
import type { LoadRun } from './load-run.ts'
import { shapeOf } from './load-shape.ts'
import type { LoadOptions } from './options.ts'
import { refuseCollective } from './joint-load.ts'
import { PartTicks } from './part-ticks.ts'
import { preflight, refuseFakeTimers } from './preflight.ts'
import { runLoad } from './run-load.ts'
import { refuseNested } from './scenario-scope.ts'

/** A comparison as a test asked for it. */
export interface CompareCall {
  readonly targets: unknown
  readonly options: unknown
  readonly workload: unknown
}

/** The world of a comparison. */
export interface CompareEnvironment extends LoadEnvironment {
  readonly servers: NamedServers
  /** Takes what was measured, also when the comparison ends with an error. */
  readonly keepAb?: ((ab: AbRun) => void) | undefined
}

const NAME = 'load.compare'
type Targets = Readonly<Record<AbSide, AbTarget>>

/**
 * Loads two targets by turns, in short blocks.
 * @throws UsageError before any traffic: for a mistake in the options, a target that cannot be reached, a
 *   scenario that is none; AbortedError when the `abort` option ended a block
 */
export async function runCompare(
  { targets: given, options, workload }: CompareCall,
  environment: CompareEnvironment,
): Promise<AbRun> {
  refuseNested(NAME)
  refuseFakeTimers(NAME)
  refuseCollective(environment.collective, NAME, 'takes turns on its own clock')
  const mistakes = new Mistakes()
  const planned = mistakes.check(() => planCompare(options, environment.timeouts, NAME), undefined)
  const targets = mistakes.check(() => toTargets(given, workload, environment.servers), undefined)
  mistakes.throwAll(NAME)
  if (planned === undefined || targets === undefined) throw new Error('a comparison of nothing')
  const seed = planned.load.seed ?? environment.seed
  await makeSure(planned, targets, { ...environment, seed })
  return new Comparing(planned, targets, { ...environment, seed }).run()
}

/** Finds out before any traffic what would go wrong in the first block of either side. */
async function makeSure(
  { load }: ComparePlan,
  targets: Targets,
  environment: CompareEnvironment,
): Promise<void> {
  const users = load.model === 'closed' ? load.users : load.maxUsers
  const { seed, folders, weights } = environment
  const place = { users, model: load.model, seed, folders, weights, name: NAME }
  const transport = (environment.transport ?? DEFAULT_TRANSPORT).with(load.transport)
  for (const { url = environment.baseUrl, workload } of [targets.base, targets.head]) {
    await behavioursOf(workload, place)
    await preflight(url, transport, NAME)
  }
}

/** One comparison under way. */
class Comparing {
  readonly #plan: ComparePlan
  readonly #targets: Targets
  readonly #environment: CompareEnvironment
  readonly #ticks: PartTicks
  readonly #startedAt = new Date().toISOString()
  readonly #began: number
  readonly #blocks: MeasuredBlock[] = []
  #ending: AbRun['ending'] = 'complete'

  constructor(plan: ComparePlan, targets: Targets, environment: CompareEnvironment) {
    const { tell, title, clock } = environment
    this.#plan = plan
    this.#targets = targets
    this.#environment = environment
    this.#began = clock.now()
    this.#ticks = new PartTicks(tell, { title, length: plan.length, clock })
  }

  async run(): Promise<AbRun> {
    try {
      await this.#measure()
    } catch (error) {
      this.#ending = 'interrupted'
      if (this.#blocks.length > 1) this.#environment.keepAb?.(this.#result())
      throw error
    } finally {
      this.#ticks.end()
    }
    return this.#result()
  }

  async #measure(): Promise<void> {
    const { warmUp, block, pairs } = this.#plan
    const { seed, clock } = this.#environment
    for (const side of ['base', 'head'] as const) {
      if (warmUp === undefined) break
      if ((await this.#one(side, warmUp, `warm-up, ${side}`, seed)) === undefined) return
    }
    const order = blockOrder(pairs, seed)
    for (const [at, side] of order.entries()) {
      const from = clock.now() - this.#began
      const part = `block ${at + 1} of ${order.length}, ${side}`
      // Both blocks of a pair have one seed: users who pick and pause by chance do the same in both.
      const run = await this.#one(side, block, part, seedOf(seed, Math.floor(at / 2)) >>> 0)
      if (run === undefined) return
      this.#blocks.push({ block: toBlock(side, from, run), run })
    }
  }

  /** Loads one side for a block; `undefined` when it was cut short. */
  async #one(
    side: AbSide,
    options: LoadOptions,
    part: string,
    seed: number,
  ): Promise<LoadRun | undefined> {
    const { url, workload } = this.#targets[side]
    const at = url === undefined ? {} : { baseUrl: url, wsUrl: url }
    const environment: LoadEnvironment = {
      ...this.#environment,
      ...at,
      service: undefined,
      note: undefined,
      journal: undefined,
      // A block has its time, whatever the plugin says of limits that are open.
      verdict: undefined,
      onlyStop: 'it is a part of a comparison',
      tell: this.#ticks.of(part),
    }
    const run = assertNotAborted(await runLoad({ ...options, seed }, workload, environment))
    if (run.ending === 'complete') return run
    this.#ending = 'interrupted'
    return undefined
  }

  #result(): AbRun {
    const { title, seed, clock } = this.#environment
    const { load, pairs: asked, blockTime } = this.#plan
    const runs = pairsOf(this.#blocks)
    const generators = this.#blocks.map(({ run }) => run.generator)
    const data: AbData = {
      kind: 'ab',
      title,
      base: this.#targets.base.label,
      head: this.#targets.head.label,
      shape: shapeOf(load),
      seed,
      ending: this.#ending,
      startedAt: this.#startedAt,
      elapsed: clock.now() - this.#began,
      blockTime,
      pairs: runs.length,
      asked,
      blocks: this.#blocks.slice(0, 2 * runs.length).map(({ block }) => block),
      changes: usualChanges(runs),
      saturated: generators.filter(({ saturated }) => saturated).length,
      hostBusy: generators.filter(({ hostBusy }) => hostBusy).length,
    }
    return toAbRun(data, runs)
  }
}
