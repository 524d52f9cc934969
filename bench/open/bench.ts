import { alternate } from '../common/alternate.ts'
import type { Bench, Row } from '../common/bench.ts'
import { Child } from '../common/child.ts'
import { findCores, UNPINNED } from '../common/cores.ts'
import { median } from '../common/median.ts'
import { figure, tenths, type Target } from '../common/rows.ts'
import type { Opened } from './ours.ts'

const ROUNDS = 3
const TIMES = { warmUp: 3_000, duration: 6_000 }

/** What a rate should reach, on a machine that does nothing else. */
const TARGETS: Readonly<Record<number, Partial<Record<keyof Opened, Target>>>> = {
  200: { delivered: { least: 0.999 }, lagP99: { most: 3 }, cpu: { most: 0.1 } },
  5_000: { delivered: { least: 0.999 }, lagP99: { most: 5 } },
}

/** How late an open load starts its iterations, and what the waiting costs. */
export const open: Bench = {
  name: 'open',
  run: async () => {
    await using server = new Child(new URL('../http/server.ts', import.meta.url), {
      core: 'server',
    })
    const url = await server.call<string>('url')
    const rows: Row[] = []
    for (const rate of Object.keys(TARGETS).map(Number)) rows.push(...(await rowsOf(url, rate)))
    return {
      title: `open: arrivals at an even rate, ${TIMES.duration / 1_000} s after a warm-up`,
      columns: ['ours', 'bare timers'],
      rows,
      notes: [
        `medians of ${ROUNDS} rounds; bare timers start nothing: as late as the machine itself is`,
        'the CPU is that of requests and waiting together',
        ...(findCores() === undefined ? [UNPINNED] : []),
      ],
    }
  },
}

async function rowsOf(url: string, rate: number): Promise<Row[]> {
  await using client = new Child(new URL('ours.ts', import.meta.url), { core: 'client' })
  const { ours, bare } = await alternate(
    {
      ours: () => client.call<Opened>('open', url, rate, TIMES),
      bare: () => client.call<Opened>('bare', rate, TIMES),
    },
    ROUNDS,
  )
  const row = (label: string, of: keyof Opened, show: (value: number) => string): Row => ({
    ...figure(`${rate}/s: ${label}`, middle(ours, of), show, TARGETS[rate]?.[of]),
    peer: show(middle(bare, of)),
  })
  return [
    row('delivered, %', 'delivered', percent),
    row('send lag p50, ms', 'lagP50', hundredths),
    row('send lag p99, ms', 'lagP99', hundredths),
    row('CPU of a core, %', 'cpu', percent),
  ]
}

const middle = (rounds: readonly Opened[], of: keyof Opened): number =>
  median(rounds.map((each) => each[of]))

const hundredths = (value: number): string => value.toFixed(2)
const percent = (share: number): string => tenths(Math.floor(share * 1_000) / 10)
