import { DEFAULT_TRANSPORT } from '../clients/transport.ts'
import { startMonitor } from '../monitors/monitor.ts'
import { GeneratorWatch } from '../monitors/generator-watch.ts'
import { shareOf, WHOLE } from '../data/share.ts'
import type { Behaviours } from './behaviour.ts'
import { behavioursOf, type Workload } from './behaviours.ts'
import { ClosedModel } from './closed-model.ts'
import type { LoadEnvironment } from './environment.ts'
import { listenedUsers } from './listened-users.ts'
import { liveOf } from './joint-live.ts'
import { withAll } from './joint-load.ts'
import type { JointRun } from './joint-run.ts'
import { JournalWatch, type LoadHead } from './journal.ts'
import { toLoadRun, type LoadRun, type RunData } from './load-run.ts'
import { shapeOf } from './load-shape.ts'
import { marksOf } from './marks.ts'
import { OpenModel } from './open-model.ts'
import { planLoad, type LoadOptions, type LoadPlan } from './options.ts'
import { preflight, refuseFakeTimers } from './preflight.ts'
import { RunEvents } from './run-events.ts'
import { outcomeOf } from './run-outcome.ts'
import { refuseUnprovable, sampleNotes } from './sample-note.ts'
import { bothOf } from './both-listeners.ts'
import { Steering } from './steer-load.ts'
import { StepWatch } from './step-watch.ts'
import { repeatLoad } from './repeat-load.ts'
import { requireLimits } from './steps-options.ts'
import { heldUsers } from './user-schedule.ts'
import { openEndOf, planVerdict, withoutEnd } from './verdict-plan.ts'
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
  const once = (each: LoadEnvironment): Promise<LoadRun> =>
    withAll(plan, { workload, name }, each, (joint) => runOnce(plan, workload, joint, name))
  return plan.repeats > 1 ? repeatLoad(plan.repeats, environment, once) : once(environment)
}

async function runOnce(
  plan: LoadPlan,
  workload: Workload,
  environment: LoadEnvironment,
  name: 'load' | 'concurrently',
): Promise<LoadRun> {
  const { joint } = environment
  const seed = joint === undefined ? (plan.seed ?? environment.seed) : environment.seed
  const behaviours = await behavioursOf(workload, {
    users: plan.model === 'closed' ? plan.users : plan.maxUsers,
    model: plan.model,
    seed,
    folders: environment.folders,
    weights: environment.weights,
    share: joint?.share,
    name,
  })
  const transport = (environment.transport ?? DEFAULT_TRANSPORT).with(plan.transport)
  await preflight(environment.baseUrl, transport, name)
  if (plan.model === 'closed') requireLimits(plan, name)
  const verdict = planVerdict(plan, environment.verdict, name)
  refuseUnprovable(plan, verdict, name)
  for (const note of sampleNotes(plan)) environment.note?.(note)
  const openEnd = joint === undefined ? openEndOf(plan, verdict, environment.clock) : undefined
  return drive(plan, behaviours, { ...environment, seed, transport, openEnd }, name)
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
  planned: LoadPlan,
  behaviours: Behaviours,
  environment: LoadEnvironment,
  name: 'load' | 'concurrently',
): Promise<LoadRun> {
  const { clock, title, seed, source, openEnd, joint } = environment
  const plan = openEnd === undefined ? planned : withoutEnd(planned)
  const head: LoadHead = {
    title,
    shape: shapeOf(planned),
    seed,
    startedAt: new Date().toISOString(),
    ...(source !== undefined && { source }),
    ...(plan.limits !== undefined && { limits: plan.limits }),
    ...(plan.verdict !== undefined && { verdict: plan.verdict }),
  }
  // Of several generators the first watches it: the others would see the same.
  const service = joint === undefined || joint.share.index === 0 ? environment.service : undefined
  const monitor =
    service === undefined ? undefined : startMonitor(service, { label: 'the service', clock })
  const steps = stepsOf(plan, clock)
  const watching = bothOf(steps, openEnd?.warmUp)
  const told = { ...environment, operations: bothOf(environment.operations, watching) }
  const model =
    plan.model === 'closed'
      ? new ClosedModel(plan, behaviours, told, seed)
      : new OpenModel(plan, behaviours, told, seed)
  steps?.begin(model.control)
  const { onlyStop, steered: before } = environment
  const steering = new Steering({ title, plan: planned, model, clock, openEnd, onlyStop, before })
  const steerer = joint?.steerer(steering) ?? steering
  const watch = new GeneratorWatch(clock)
  const { tell, journal } = environment
  const { control } = model
  const marks = (): Pick<RunData, 'marks'> =>
    marksOf(environment.faults?.() ?? [], steering.done, control)
  const watched = { title, plan: planned, model, steering, generator: watch, clock, openEnd }
  const live = tell && liveOf(watched, tell, joint)
  const others = joint?.states
  const kept = journal && new JournalWatch({ journal, control, monitor, clock, marks, others })
  const unoffer = environment.offer?.(steerer)
  try {
    live?.begin()
    kept?.begin(ofShare(head, joint))
    control.phases.onEnter((phase) => (phase === 'steady' ? watch.begin() : watch.end()))
    await inScenario(name, () => model.run())
  } finally {
    unoffer?.()
    watch.end()
    await live?.end()
    await kept?.stop()
    await monitor?.stop()
  }
  const { startedAt, limits, ...rest } = head
  const asked = 'most' in model ? model.most : heldUsers(model.line)
  const outcome = await outcomeOf({
    startedAt,
    control,
    endedAt: model.endedAt,
    watched: watch.figures(),
    monitor,
    marks: marks(),
    users: steps?.users ?? shareOf(asked, joint?.share ?? WHOLE),
    plan,
    joint,
  })
  const run = toLoadRun({
    ...outcome,
    ...rest,
    ...(openEnd !== undefined && {
      shape: shapeOf(openEnd.turnedOut(planned)),
      ...openEnd.facts(),
    }),
    ...(steps === undefined && limits !== undefined && { limits }),
    ...(plan.verdict !== undefined && { verdict: plan.verdict }),
    ...(steps !== undefined && { steps: steps.summaries(control.startedAt, model.endedAt) }),
  })
  kept?.end(run)
  return run
}

/** What is kept while it runs was heard by one generator of all, which a reader of it has to know. */
function ofShare(head: LoadHead, joint: JointRun | undefined): LoadHead {
  if (joint === undefined) return head
  const { index, of } = joint.share
  const whose = `as generator ${index + 1} of ${of} heard of all`
  return { ...head, source: head.source === undefined ? whose : `${head.source}, ${whose}` }
}

function stepsOf(plan: LoadPlan, clock: LoadEnvironment['clock']): StepWatch | undefined {
  if (plan.model === 'open' || plan.steps === undefined) return undefined
  return new StepWatch(plan.steps, plan.limits, clock)
}
