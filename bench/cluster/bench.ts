import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { mergeParts } from '../../src/load/merge-parts.ts'
import type { RunPart } from '../../src/load/run-part.ts'
import type { Bench, Row } from '../common/bench.ts'
import { makePart, SECONDS } from './part.ts'
import { stepCosts } from './step-costs.ts'
import { simulate, type Simulated } from './simulate.ts'

/** Several parts, so that what one generator had is not what all had. */
const KINDS = 8
const FLEETS = [2, 10, 100, 1_000]

/** What generators of many machines ask of the Redis that they meet in; see `simulate`. */
export const cluster: Bench = {
  name: 'cluster',
  run: async () => {
    const parts = Array.from({ length: KINDS }, (_, seed) => makePart(seed))
    // First, while nothing else fills the memory.
    const costs = FLEETS.map((generators) => mergeCost(generators, parts))
    const memory = memoryOf(parts[0] as RunPart)
    const step = await stepCosts()
    const fleets: Row[][] = []
    for (const [at, generators] of FLEETS.entries()) {
      fleets.push(await fleetRows(generators, costs[at] as MergeCost))
    }
    return {
      title: `cluster: one Redis, and a load of ${SECONDS} s, by simulation`,
      columns: ['in the load', 'at most'],
      rows: [
        ...fleets.flat(),
        { label: 'memory of a part, MB', ours: tenth(memory / 1e6) },
        {
          label: 'CPU of a real Redis, µs a step',
          ours: whole(step.look),
          peer: `entry ${whole(step.append)}`,
        },
      ],
      notes: [
        'one generator meets nobody, and asks nothing',
        'our code on a virtual clock, machines that come within 20 s and whose clocks are an hour wrong; 0.1 ms a way and 0.15 ms more on average, exponential',
        'Redis is a model, which tests/cluster/model-redis.test.ts holds against a real one',
        'start: from the first to the last that begins; a loss: from the moment at which a machine is cut off until the last of the others knows, with a lease of 10 s',
        'each part: 500 requests a second over five endpoints; merging is measured on this machine',
      ],
    }
  },
}

async function fleetRows(generators: number, { merge, run, sent }: MergeCost): Promise<Row[]> {
  const found = await simulate(generators)
  // A part comes to Redis and goes to the first generator; the run comes once and goes to all others.
  const gathered = 2 * (generators - 1) * sent + generators * run
  return [
    {
      label: `${generators} generators, steps/s`,
      ours: whole(found.operations),
      peer: whole(found.peak),
    },
    { label: '  kB/s', ours: whole(found.bytes / 1e3) },
    { label: '  start, ms apart', ...apart(found) },
    { label: '  a loss is known, s', ours: (found.detected / 1_000).toFixed(1) },
    {
      label: '  parts and run, MB',
      ours: tenth(gathered / 1e6),
      peer: `part ${tenth(sent / 1e6)}`,
    },
    { label: '  merging, ms', ours: whole(merge), peer: `run ${tenth(run / 1e6)} MB` },
  ]
}

const apart = ({ skew, late }: Simulated): Pick<Row, 'ours' | 'peer'> => ({
  ours: skew.toFixed(2),
  peer: `${whole(late)} late`,
})

const whole = (value: number): string => Math.round(value).toLocaleString('en-US')
const tenth = (value: number): string => value.toFixed(1)

interface MergeCost {
  readonly merge: number
  /** Bytes of the run of all, and of one part, as they are sent. */
  readonly run: number
  readonly sent: number
}

/**
 * What the first generator does with the parts of all, from text to text. A thousand at once would not fit
 * here: each is read, and one of its kind stands for it in the sum.
 */
function mergeCost(generators: number, parts: readonly RunPart[]): MergeCost {
  const sent = parts.map((part) => deflateRawSync(JSON.stringify(part)))
  const started = performance.now()
  const clock = { offset: 0, uncertainty: 0.2 }
  const kept = new Map<number, RunPart>()
  const all = Array.from({ length: generators }, (_, generator) => {
    const kind = generator % sent.length
    const part = read(sent[kind] as Buffer)
    if (!kept.has(kind)) kept.set(kind, part)
    return { generator, clock, part: kept.get(kind) ?? part }
  })
  const run = deflateRawSync(JSON.stringify(mergeParts(all)))
  const merge = performance.now() - started
  return { merge, run: base64(run.length), sent: base64(sent[0]?.length ?? 0) }
}

const read = (sent: Buffer): RunPart => JSON.parse(inflateRawSync(sent).toString()) as RunPart

/** Live memory of a part that has been read. */
function memoryOf(part: RunPart): number {
  const sent = deflateRawSync(JSON.stringify(part))
  const before = process.memoryUsage().heapUsed
  const all = Array.from({ length: 50 }, () => read(sent))
  return (process.memoryUsage().heapUsed - before) / all.length
}

const base64 = (bytes: number): number => Math.ceil(bytes / 3) * 4
