import { DEFAULT_TRANSPORT } from '../clients/transport.ts'
import { seedOf } from '../stats/random.ts'
import { formatNumber } from '../units/format.ts'
import { behavioursOf, type Workload } from './behaviours.ts'
import type { Capacity, CapacityData, CapacityTrial } from './capacity.ts'
import { curveOf, kneeOf, lawOf } from './capacity-curve.ts'
import { planCapacity, type CapacityPlan } from './capacity-options.ts'
import { intervalOf, nextStep, type SearchStep } from './capacity-search.ts'
import { toTrial, type Tried } from './capacity-trial.ts'
import type { LoadEnvironment } from './environment.ts'
import { FlowWatch } from './flow-watch.ts'
import { planLoad } from './options.ts'
import { refuseCollective } from './joint-load.ts'
import { PartTicks } from './part-ticks.ts'
import { preflight, refuseFakeTimers } from './preflight.ts'
import { runLoad } from './run-load.ts'
import { refuseNested } from './scenario-scope.ts'

const NAME = 'load.findCapacity'

/** The world of a search. */
export interface SearchEnvironment extends LoadEnvironment {
  /** Takes what was found, also when the search ends with an error. */
  readonly keepCapacity?: ((capacity: Capacity) => void) | undefined
}

/**
 * Searches the highest load that meets the limits, one run after another.
 * @throws UsageError before any traffic: for a mistake in the options, a target that cannot be reached, a
 *   scenario that is none; later for a limit of a request that does not occur
 */
export async function runCapacity(
  options: unknown,
  workload: Workload,
  environment: SearchEnvironment,
): Promise<Capacity> {
  refuseNested(NAME)
  refuseFakeTimers(NAME)
  refuseCollective(environment.collective, NAME, 'searches by the figures of one generator')
  const plan = planCapacity(options, environment.timeouts, NAME)
  const seed = plan.seed ?? environment.seed
  const most = planLoad(plan.at(plan.spec.to), environment.timeouts, NAME)
  const users = most.model === 'closed' ? most.users : most.maxUsers
  const { folders, weights } = environment
  await behavioursOf(workload, { users, model: most.model, seed, folders, weights, name: NAME })
  const transport = (environment.transport ?? DEFAULT_TRANSPORT).with(most.transport)
  await preflight(environment.baseUrl, transport, NAME)
  return new Searching(plan, workload, { ...environment, seed }).run()
}

/** One search under way. */
class Searching {
  readonly #plan: CapacityPlan
  readonly #workload: Workload
  readonly #environment: SearchEnvironment
  readonly #ticks: PartTicks
  readonly #startedAt = new Date().toISOString()
  readonly #began: number
  readonly #trials: CapacityTrial[] = []
  #ending: CapacityData['ending'] = 'interrupted'

  constructor(plan: CapacityPlan, workload: Workload, environment: SearchEnvironment) {
    const { tell, title, clock } = environment
    this.#plan = plan
    this.#workload = workload
    this.#environment = environment
    this.#began = clock.now()
    this.#ticks = new PartTicks(tell, { title, length: undefined, clock })
  }

  async run(): Promise<Capacity> {
    try {
      await this.#search()
    } catch (error) {
      if (this.#trials.length > 0) this.#environment.keepCapacity?.(this.#result())
      throw error
    } finally {
      this.#ticks.end()
    }
    return this.#result()
  }

  async #search(): Promise<void> {
    for (;;) {
      const step = nextStep(this.#trials, this.#plan.spec)
      if (step.kind === 'end') {
        this.#ending = step.ending
        return
      }
      const trial = await this.#try(step)
      if (trial === undefined) return
      this.#trials.push(trial)
    }
  }

  /** Runs a load; `undefined` when it was cut short. */
  async #try({ load, stage }: SearchStep & { kind: 'try' }): Promise<CapacityTrial | undefined> {
    const { clock, seed } = this.#environment
    const nth = this.#trials.length
    const { of, step: duration, settle } = this.#plan
    const watch = new FlowWatch()
    const tried: Tried = { load, stage, at: clock.now() - this.#began }
    const options = { ...this.#plan.at(load), seed: seedOf(seed, nth) >>> 0 }
    const run = await runLoad(options, this.#workload, {
      ...this.#environment,
      service: undefined,
      note: undefined,
      journal: undefined,
      operations: watch,
      onlyStop: 'it is a part of a search for capacity',
      tell: this.#ticks.of(`${STAGES[stage]}, ${loadText(of, load)} (run ${nth + 1})`),
    })
    if (run.ending !== 'complete') return undefined
    return toTrial(tried, run, watch.flow({ settle, duration }), this.#plan)
  }

  #result(): Capacity {
    const { title, seed, clock } = this.#environment
    const { of, spec, slo, step } = this.#plan
    const { from, to, within } = spec
    const { lower, lowerRuns, upper, upperRuns } = intervalOf(this.#trials)
    const curve = curveOf(this.#trials)
    const data = {
      kind: 'capacity',
      title,
      seed,
      startedAt: this.#startedAt,
      elapsed: clock.now() - this.#began,
      slo,
      from,
      to,
      within,
      step,
      ending: this.#ending,
      value: lower === 0 || upper === undefined ? undefined : Math.sqrt(lower * upper),
      lower,
      upper,
      confidence: { lower: 1 - 0.5 ** lowerRuns, upper: 1 - 0.5 ** upperRuns },
      trials: this.#trials,
      curve,
      knee: kneeOf(curve),
      law: lawOf(curve, of),
    } as const
    return Object.freeze(of === 'users' ? { ...data, of } : { ...data, of })
  }
}

const STAGES = { climb: 'climbing', narrow: 'narrowing', confirm: 'confirming' } as const

const loadText = (of: CapacityPlan['of'], load: number): string =>
  of === 'users' ? `${formatNumber(load)} users` : `${formatNumber(load)}/s`
