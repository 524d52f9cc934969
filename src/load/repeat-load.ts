import { startMonitor, type MonitorSummary } from '../monitors/monitor.ts'
import type { GeneratorSummary, Lateness } from '../monitors/generator-summary.ts'
import { sumOfAccounts, worstOf } from './join-generators.ts'
import { joinRecordings } from './join-runs.ts'
import { toLoadRun, type LoadRun } from './load-run.ts'
import type { Mark } from './run-parts.ts'
import type { LoadEnvironment } from './environment.ts'
import { moreOf } from './watched-service.ts'

/**
 * Runs a load several times in a row, and gives the sum of the runs with each of them in it. A run that did
 * not come to its end is the last one.
 *
 * @param once runs it once, in this environment
 * @throws what one of them threw; the runs before it are kept
 */
export async function repeatLoad(
  times: number,
  environment: LoadEnvironment,
  once: (environment: LoadEnvironment) => Promise<LoadRun>,
): Promise<LoadRun> {
  const { service, clock, title, keep } = environment
  const monitor =
    service === undefined ? undefined : startMonitor(service, { label: 'the service', clock })
  const runs: LoadRun[] = []
  const join = (): LoadRun => joinRuns(runs, title, monitor?.summary())
  try {
    for (let nth = 1; nth <= times; nth++) {
      const note = nth === 1 ? environment.note : undefined
      const onlyStop = `it is one of ${times} runs that are to be alike`
      const named = { ...environment, note, onlyStop, title: `${title} (${nth} of ${times})` }
      const run = await once({ ...named, keep: (ended) => void runs.push(ended) })
      if (!runs.includes(run)) runs.push(run)
      if (run.ending !== 'complete') break
    }
  } catch (error) {
    if (runs.length > 0) keep?.(join())
    throw error
  } finally {
    await monitor?.stop()
  }
  return join()
}

function joinRuns(
  runs: readonly LoadRun[],
  title: string,
  watched: MonitorSummary | undefined,
): LoadRun {
  const last = runs.at(-1)
  const [first] = runs
  if (first === undefined || last === undefined) throw new Error('a load that was never run')
  const { memory, cpu } = watched ?? last
  const marks = marksOf(runs)
  const data = {
    ...last,
    ...joinRecordings(runs),
    title,
    startedAt: first.startedAt,
    elapsed: runs.reduce((sum, { elapsed }) => sum + elapsed, 0),
    phases: [],
    memory,
    cpu,
    ...(watched && { watched: moreOf(watched), watchedFrom: first.watchedFrom }),
    ...(marks.length > 0 && { marks }),
    generator: joinGenerators(runs.map(({ generator }) => generator)),
  }
  return toLoadRun(data, runs)
}

/** What was done in each run, on the clock of all of them. */
function marksOf(runs: readonly LoadRun[]): readonly Mark[] {
  let from = 0
  return runs.flatMap(({ marks = [], duration }) => {
    const shifted = marks.map((mark) => ({ ...mark, at: from + mark.at }))
    from += duration
    return shifted
  })
}

/** The generator of the run in which it was worst off, with the accounts of all. */
function joinGenerators(all: readonly GeneratorSummary[]): GeneratorSummary {
  return {
    ...worstOf(all),
    opened: allOf(all.map(({ opened }) => opened)),
    iterations: sumOfAccounts(all.map(({ iterations }) => iterations)),
    requests: sumOfAccounts(all.map(({ requests }) => requests)),
  }
}

/** How many there were; of how late, what the worst of them says. */
function allOf(parts: readonly Lateness[]): Lateness {
  const most = parts.toSorted((left, right) => (right.p99 ?? 0) - (left.p99 ?? 0))[0]
  return { ...most, count: parts.reduce((sum, { count }) => sum + count, 0) }
}
