import { availableParallelism } from 'node:os'
import { alternate } from '../common/alternate.ts'
import type { Bench, Row } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { median } from '../common/median.ts'
import { compare, figure, pairs, tenths, whole } from '../common/rows.ts'
import type { RunData } from '../../src/load/load-run.ts'
import { createProject, type Project } from './project.ts'

const ROUNDS = 3
/** Rows of a document that a user parses and writes again: 1.5 ms of its generator, or nothing. */
const ROWS = { work: '2000', none: '0' }

interface Measured {
  readonly perSecond: number
  /** Cores that the service kept busy from the start of Vitest to its end. */
  readonly service: number
}

/** Two generators on this machine against one, in real runs of Vitest. */
export const generators: Bench = {
  name: 'generators',
  run: async () => {
    await using project = await createProject()
    const cores = availableParallelism()
    const work = await rates(project, ROWS.work)
    const bare = await rates(project, ROWS.none)
    const streams = await streamRows(project)
    const busy = (sides: typeof work): number => median(sides.two.map(({ service }) => service))
    return {
      title: `generators: two against one; ${cores} cores, which the service shares`,
      columns: ['two', 'one'],
      rows: [
        compare('own work 1.5 ms, GET/s', pairs(work.two, work.one, 'perSecond'), whole, {
          least: 1.8,
        }),
        figure('  cores of the service', busy(work), tenths),
        compare('no work, GET/s', pairs(bare.two, bare.one, 'perSecond'), whole),
        figure('  cores of the service', busy(bare), tenths),
        ...streams,
      ],
      notes: [
        `medians of ${ROUNDS} rounds, two and one in turn`,
        'with work of their own the generators are what limits the rate; without it the service takes its part of the cores that two generators want, and where there are only two, the ratio stays below',
      ],
    }
  },
}

/** Requests a second of 20 users, by two generators and by one. */
async function rates(project: Project, rows: string): Promise<Record<'two' | 'one', Measured[]>> {
  await using server = new Child(new URL('../http/server.ts', import.meta.url), {})
  const url = await server.call<string>('url')
  const by = (count: number) => async (): Promise<Measured> => {
    const [cpu, at] = [await server.call<number>('cpu'), performance.now()]
    const env = { PERF_BASE_URL: url, ROWS: rows, PERF_GENERATORS: `${count}` }
    const run = await project.run('work', env)
    const used = (await server.call<number>('cpu')) - cpu
    return { perSecond: rateOf(run), service: used / (performance.now() - at) }
  }
  return alternate({ two: by(2), one: by(1) }, ROUNDS)
}

/** 2,000 users who read 10 tokens a second each. */
async function streamRows(project: Project): Promise<Row[]> {
  await using server = new Child(new URL('../ttft/server.ts', import.meta.url), {})
  const env = { PERF_BASE_URL: await server.call<string>('url') }
  const one = await project.run('streams', { ...env, PERF_GENERATORS: '1' })
  const two = await project.run('streams', { ...env, PERF_GENERATORS: '2' })
  return [
    { label: '2,000 streams, tokens/s', ours: tokensOf(two), peer: tokensOf(one) },
    { label: '  flagged', ours: flagOf(two), peer: flagOf(one) },
    { label: '  loop busy', ours: loopOf(two), peer: loopOf(one) },
  ]
}

const rateOf = ({ throughput }: RunData): number => throughput.mean ?? Number.NaN

const tokensOf = ({ tokens }: RunData): string => whole(tokens?.perSecond ?? Number.NaN)

function flagOf({ generator }: RunData): string {
  if (generator?.saturated === true) return 'saturated'
  return generator?.hostBusy === true ? 'host busy' : 'no'
}

const loopOf = ({ generator }: RunData): string =>
  `${Math.round((generator?.loop.busy ?? Number.NaN) * 100)} %`
