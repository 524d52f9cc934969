import { DEFAULT_TRANSPORT } from '../clients/transport.ts'
import { startMonitor } from '../monitors/monitor.ts'
import { GeneratorWatch } from '../monitors/generator-watch.ts'
import type { Behaviours } from './behaviour.ts'
import { behavioursOf, type Workload } from './behaviours.ts'
import { ClosedModel } from './closed-model.ts'
import type { LoadEnvironment } from './environment.ts'
import { summarizeGenerator } from './generator.ts'
import { listenedUsers } from './listened-users.ts'
import { LiveWatch } from './live-watch.ts'
import type { Ms } from '../units/units.ts'
import { toLoadRun, type LoadRun, type PhaseSummary } from './load-run.ts'
import { shapeOf } from './load-shape.ts'
import { OpenModel } from './open-model.ts'
import { planLoad, type LoadOptions, type LoadPlan } from './options.ts'
import { preflight, refuseFakeTimers } from './preflight.ts'
import { RunEvents } from './run-events.ts'
import { sampleNotes } from './sample-note.ts'
import { bothOf } from './both-listeners.ts'
import { StepWatch } from './step-watch.ts'
import { requireLimits } from './steps-options.ts'
import type { Phases } from './phases.ts'
import { heldUsers } from './user-schedule.ts'
import { watchedService } from './watched-service.ts'
import { inScenario, refuseNested } from './scenario-scope.ts'

/**
 * Runs a load and gives its result. Failures of the service are data in it.
 * @throws UsageError before any traffic: for a mistake in the options, a target that cannot be
 *   reached, a load under a load, faked timers
 */
export async function runLoad(
  options: LoadOptions,
  workload: Workload,
  environment: LoadEnvironment,
  name: 'load' | 'concurrently' = 'load',
): Promise<LoadRun> {
  refuseNested(name)
  refuseFakeTimers(name)
  const plan = planLoad(options, environment.timeouts, name)
  const seed = plan.seed ?? environment.seed
  const behaviours = await behavioursOf(workload, {
    users: plan.model === 'closed' ? plan.users : plan.maxUsers,
    model: plan.model,
    seed,
    folders: environment.folders,
    weights: environment.weights,
    name,
  })
  const transport = (environment.transport ?? DEFAULT_TRANSPORT).with(plan.transport)
  await preflight(environment.baseUrl, transport, name)
  if (plan.model === 'closed') requireLimits(plan, name)
  for (const note of sampleNotes(plan)) environment.note?.(note)
  return drive(plan, behaviours, { ...environment, seed, transport }, name)
}

/** The load with its listeners. @throws what one of them threw; the run is kept all the same */
async function drive(
  plan: LoadPlan,
  behaviours: Behaviours,
  environment: LoadEnvironment,
  name: 'load' | 'concurrently',
): Promise<LoadRun> {
  if (plan.events === undefined) return traffic(plan, behaviours, environment, name)
  await using events = new RunEvents(plan.events, environment)
  await events.runStart()
  const users = listenedUsers(behaviours, events)
  const run = await traffic(
    plan,
    users,
    { ...environment, events, operations: events.operations },
    name,
  )
  environment.keep?.(run)
  await events.runStop(run)
  return run
}

async function traffic(
  plan: LoadPlan,
  behaviours: Behaviours,
  environment: LoadEnvironment,
  name: 'load' | 'concurrently',
): Promise<LoadRun> {
  const { clock, service, title, seed, source } = environment
  const startedAt = new Date().toISOString()
  const monitor =
    service === undefined ? undefined : startMonitor(service, { label: 'the service', clock })
  const steps = stepsOf(plan, clock)
  const told = { ...environment, operations: bothOf(environment.operations, steps) }
  const model =
    plan.model === 'closed'
      ? new ClosedModel(plan, behaviours, told, seed)
      : new OpenModel(plan, behaviours, told, seed)
  steps?.begin(model.control)
  const watch = new GeneratorWatch(clock)
  const { tell } = environment
  const live = tell && new LiveWatch({ title, plan, control: model.control, clock }, tell)
  try {
    live?.begin()
    model.control.phases.onEnter((phase) => (phase === 'steady' ? watch.begin() : watch.end()))
    await inScenario(name, () => model.run())
  } finally {
    watch.end()
    await live?.end()
    await monitor?.stop()
  }
  const phases = model.control.phases.summaries(model.endedAt)
  const steady = phases.find((phase) => phase.name === 'steady')
  if (steady === undefined) throw new Error('a load without its judged phase')
  return toLoadRun({
    ...steady.summary,
    title,
    shape: shapeOf(plan),
    seed,
    ending: model.control.ending,
    ...(model.control.reason !== undefined && { reason: model.control.reason }),
    startedAt,
    elapsed: model.endedAt - model.control.startedAt,
    phases: phases.filter((phase): phase is PhaseSummary => phase.name !== 'steady'),
    ...(source !== undefined && { source }),
    ...(steps === undefined && plan.limits !== undefined && { limits: plan.limits }),
    ...(steps !== undefined && { steps: steps.summaries(model.control.startedAt, model.endedAt) }),
    judgedFrom: judgedFrom(phases),
    ...watchedService(monitor, model.control.startedAt),
    generator: summarizeGenerator({
      watched: watch.figures(),
      recorder: model.control.phases.steady,
      summary: steady.summary,
      users: steps?.users ?? (plan.model === 'closed' ? heldUsers(plan.stretches) : plan.maxUsers),
    }),
  })
}

function stepsOf(plan: LoadPlan, clock: LoadEnvironment['clock']): StepWatch | undefined {
  if (plan.model === 'open' || plan.steps === undefined) return undefined
  return new StepWatch(plan.steps, plan.limits, clock)
}

/** When the judged time began, on the clock of the run. */
function judgedFrom(phases: ReturnType<Phases['summaries']>): Ms {
  const steady = phases.findIndex(({ name }) => name === 'steady')
  return phases.slice(0, steady).reduce((sum, { summary }) => sum + summary.duration, 0)
}
