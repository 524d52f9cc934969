import { show } from '../errors/show.ts'
import type { Call } from './call.ts'
import { isOperation, type Subject } from './subjects.ts'

const OPERATIONS = 'a run, a request (run.request(name)), the iterations (run.iterations)'
export const LATENCY_SUBJECTS = `${OPERATIONS}, a distribution (run.ttft), a timing metric or a bench result`
export const THROUGHPUT_SUBJECTS = `${OPERATIONS}, messages (run.sockets.received) or a bench result`
export const SUCCESS_SUBJECTS = `${OPERATIONS}, a rate metric or a check (run.check(name))`
export const ERROR_SUBJECTS = OPERATIONS.replace(', the', ' or the')
export const MEMORY_SUBJECTS = "a run's memory (run.memory) or a monitor's (monitor.memory)"
export const RETAINED_SUBJECTS = 'what retained() gives'
export const AB_SUBJECTS = 'what load.compare({ base, head }, …) gives'
export const CAPACITY_SUBJECTS = 'what load.findCapacity(…) gives'
export const CPU_SUBJECTS = "a run's CPU (run.cpu) or a monitor's (monitor.cpu)"

/** Why a value is no subject of a matcher, and what to write instead. */
export function describeWrongSubject(
  { matcher, received }: Call,
  takes: string,
  subject: Subject | undefined,
): string {
  if (isThenable(received)) {
    return `${matcher} got a promise. Await it first: \`const run = await load(…)\`, or \`await expect(promise).resolves.${matcher}(…)\``
  }
  const got = subject === undefined ? show(received) : nameOf(subject)
  const remedy = subject === undefined ? remedyFor(received) : MATCHERS_OF[subject.kind]
  return `${matcher} takes ${takes}, got ${got}${remedy === undefined ? '' : `. ${remedy}`}`
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'

function remedyFor(received: unknown): string | undefined {
  if (Array.isArray(received)) return "Name one of them: run.request('…')"
  return typeof received === 'function' ? 'Call it first' : undefined
}

function nameOf(subject: Subject): string {
  if (isOperation(subject)) return `${subject.kind} ${JSON.stringify(subject.name)}`
  switch (subject.kind) {
    case 'distribution':
      return `the distribution ${JSON.stringify(subject.label)}`
    case 'memory':
    case 'retained':
    case 'cpu':
      return `the ${subject.kind === 'retained' ? 'retained memory' : subject.kind} of ${subject.label}`
    case 'messages':
      return `the ${subject.name}`
    case 'bench':
      return 'a bench result'
    case 'ab':
      return `the comparison of ${subject.base} and ${subject.head}`
    case 'capacity':
      return 'a capacity'
    case 'timing':
    case 'counter':
    case 'gauge':
    case 'rate':
    case 'check':
      return `the ${subject.kind} ${JSON.stringify(subject.name)}`
    default:
      return subject satisfies never
  }
}

const LATENCY =
  'toHaveP50Below … toHaveP99Below, toHavePercentileBelow, toHaveMeanBelow, toHaveMaxBelow'
const MATCHERS_OF: Readonly<Partial<Record<Subject['kind'], string>>> = {
  window: 'Memory and CPU are of the whole run: run.memory, run.cpu',
  run: 'Its memory is run.memory, its CPU run.cpu',
  distribution: `It has ${LATENCY}`,
  timing: `It has ${LATENCY}`,
  memory: 'It has toHaveGrowthBelow, toHavePeakBelow, toHaveSlopeBelow and toHavePlateauWithin',
  cpu: 'It has toHaveCpuBelow',
  retained: 'It has toHaveRetainedBelow',
  messages: 'It has toHaveThroughputAbove',
  rate: 'It has toHaveSuccessRateAbove',
  check: 'It has toHaveSuccessRateAbove',
  counter: 'Judge its total with toBeLessThan and the like',
  gauge: 'Judge its last, min or max with toBeLessThan and the like',
  ab: 'It has toNotRegress; the runs of its blocks are ab.runs',
  capacity: 'It has toSustain',
  bench: `It has toHaveThroughputAbove, ${LATENCY}`,
}
