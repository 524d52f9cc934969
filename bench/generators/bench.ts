import { availableParallelism } from 'node:os'
import { alternate } from '../common/alternate.ts'
import type { Bench, Report, Row } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { median } from '../common/median.ts'
import { compare, pairs, whole, type Target } from '../common/rows.ts'
import type { RunData } from '../../src/load/load-run.ts'
import { createProject, type Project } from './project.ts'

const ROUNDS = 3
/** Rows of a document that a user parses and writes again. */
const ROWS = { work: '2000', none: '0' }

/** Two generators that got less of the machine were held up by what else runs on it. */
const TWO_CORES = 1.7

interface Measured {
  readonly perSecond: number
  /** Cores that the generators kept busy. */
  readonly cores: number
  /** The same of the service. */
  readonly service: number
  /** By a core that they have to themselves for a second. */
  readonly perCpu: number
}

type Sides = Record<'two' | 'one', Measured[]>

/** Two generators on this machine against one, in real runs of Vitest. */
export const generators: Bench = {
  name: 'generators',
  run: async () => {
    await using project = await createProject()
    const [work, bare] = [await rates(project, ROWS.work), await rates(project, ROWS.none)]
    const streams = await streamed(project)
    const quiet = median(work.two.map(({ cores }) => cores)) >= TWO_CORES
    return {
      title: `generators: two against one; ${availableParallelism()} cores, which the service shares`,
      columns: ['two', 'one'],
      rows: [
        ...(quiet
          ? rowsOf('own work', work, { least: 1.8 }, { least: 0.9 })
          : rowsOf('own work', work)),
        ...rowsOf('no work', bare),
        ...streams.rows,
      ],
      notes: [
        `medians of ${ROUNDS} rounds, two and one in turn; own work: a document that takes about a millisecond to parse and write again`,
        'by CPU: 0.90 is what 1.80 times the rate needs of two generators with a core each',
        'without work of their own the service takes its part of the cores that two generators want: where there are only two, the ratio stays below',
        ...streams.notes,
        ...(quiet
          ? []
          : [
              'not judged: two generators did not get the two cores that they need, others had them; run it again when the machine is quiet',
            ]),
      ],
    }
  },
}

function rowsOf(label: string, { two, one }: Sides, rate?: Target, cpu?: Target): Row[] {
  const show = (
    pick: keyof Measured,
    by: (value: number) => string,
  ): Pick<Row, 'ours' | 'peer'> => ({
    ours: by(median(two.map((each) => each[pick]))),
    peer: by(median(one.map((each) => each[pick]))),
  })
  return [
    compare(`${label}: GET/s`, pairs(two, one, 'perSecond'), whole, rate),
    compare('  GET by second of CPU', pairs(two, one, 'perCpu'), whole, cpu),
    { label: '  cores of generators', ...show('cores', hundredths) },
    { label: '  cores of the service', ...show('service', hundredths) },
  ]
}

/** Requests a second of 20 users, by two generators and by one. */
async function rates(project: Project, rows: string): Promise<Sides> {
  await using server = new Child(new URL('../http/server.ts', import.meta.url), {})
  const url = await server.call<string>('url')
  const by = (count: number) => async (): Promise<Measured> => {
    const cpu = await server.call<number>('cpu')
    const env = { PERF_BASE_URL: url, ROWS: rows, PERF_GENERATORS: `${count}` }
    const run = await project.run('work', env)
    const perSecond = run.throughput.mean ?? Number.NaN
    const cores = coresOf(run)
    const service = ((await server.call<number>('cpu')) - cpu) / run.elapsed
    return { perSecond, cores, service, perCpu: perSecond / cores }
  }
  return await alternate({ two: by(2), one: by(1) }, ROUNDS)
}

/** 2,000 users who read 10 tokens a second each. */
async function streamed(project: Project): Promise<Pick<Report, 'rows' | 'notes'>> {
  await using server = new Child(new URL('../ttft/server.ts', import.meta.url), {})
  const env = { PERF_BASE_URL: await server.call<string>('url') }
  const one = await project.run('streams', { ...env, PERF_GENERATORS: '1' })
  const two = await project.run('streams', { ...env, PERF_GENERATORS: '2' })
  const row = (label: string, of: (run: RunData) => string): Row => ({
    label,
    ours: of(two),
    peer: of(one),
  })
  const rows = [
    row('2,000 streams: tokens/s', ({ tokens }) => whole(tokens?.perSecond ?? Number.NaN)),
    row('  cores of generators', (run) => hundredths(coresOf(run))),
    row('  loop of the busiest', ({ generator }) => percent(generator?.loop.busy ?? Number.NaN)),
    row('  flagged', ({ generator }) =>
      generator?.saturated === true ? 'saturated' : generator?.hostBusy === true ? 'host' : 'no',
    ),
  ]
  const flagged = Object.entries({ one, two }).flatMap(([name, { generator }]) =>
    generator === undefined || generator.reasons.length === 0
      ? []
      : [`streams, ${name}: ${generator.reasons.join(', ')}`],
  )
  return { rows, notes: flagged }
}

const coresOf = ({ generators: all, generator }: RunData): number =>
  all?.reduce((sum, { cpu = 0 }) => sum + cpu, 0) ?? generator?.cpu.process ?? Number.NaN

const hundredths = (value: number): string => value.toFixed(2)
const percent = (value: number): string => `${Math.round(value * 100)} %`
