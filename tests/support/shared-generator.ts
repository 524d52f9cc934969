import { collectiveOf } from '../../src/cluster/collective.ts'
import { meetLocally } from '../../src/cluster/local-rendezvous.ts'
import type { Share } from '../../src/data/share.ts'
import type { Collective } from '../../src/load/collective.ts'
import type { RunData } from '../../src/load/load-run.ts'
import type { LoadOptions } from '../../src/load/options.ts'
import { runLoad } from '../../src/load/run-load.ts'
import type { RunPart } from '../../src/load/run-part.ts'
import type { Tick } from '../../src/load/tick.ts'
import { assertDelivered } from '../../src/load/undelivered.ts'
import { loadEnvironment } from './load-environment.ts'
import { SHARED_LOADS, type SharedLoadName } from './shared-loads.ts'

/** What one generator is told to run. */
export interface SharedOrder {
  /** Where the others are met; alone without. */
  readonly path?: string | undefined
  readonly share: Share
  /** One after the other. */
  readonly loads: readonly SharedLoadName[]
  readonly options?: Partial<LoadOptions> | undefined
  readonly seed: number
  readonly facts?: Readonly<Record<string, string>> | undefined
  readonly gather?: number | undefined
  readonly baseUrl: string
  /** It is interrupted after so long. */
  readonly interrupt?: number | undefined
}

/** What became of it. */
export interface SharedResult {
  readonly run?: RunData | undefined
  /** What this generator alone recorded. */
  readonly part?: RunPart | undefined
  readonly ticks: readonly Tick[]
  readonly problem?: string | undefined
  readonly undelivered?: string | undefined
}

/** Runs its share of each load, in whatever process it is called. */
export async function generate(order: SharedOrder): Promise<readonly SharedResult[]> {
  const { path, share, loads, facts, gather } = order
  const met = path === undefined ? undefined : await meetLocally(path, share)
  const collective = met && collectiveOf(met, { facts, gather })
  const results: SharedResult[] = []
  for (const load of loads) results.push(await generateOne(load, order, collective))
  await met?.close()
  return results
}

async function generateOne(
  load: SharedLoadName,
  { options, seed, baseUrl, interrupt }: SharedOrder,
  collective: Collective | undefined,
): Promise<SharedResult> {
  const ticks: Tick[] = []
  const kept: { part?: RunPart } = {}
  const signal =
    interrupt === undefined ? new AbortController().signal : AbortSignal.timeout(interrupt)
  const given = {
    baseUrl,
    seed,
    signal,
    tell: (tick: Tick) => void ticks.push(tick),
    ...(collective && { collective: keeping(collective, kept) }),
  }
  const { options: written, workload } = SHARED_LOADS[load]
  try {
    const whole = { ...written, ...options } as LoadOptions
    const run = await runLoad(whole, workload, loadEnvironment(given))
    return { run, ...kept, ticks, undelivered: messageOf(() => assertDelivered(run)) }
  } catch (error) {
    return { ticks, problem: error instanceof Error ? error.message : String(error) }
  }
}

/** The same, and keeps the part that it gives. */
const keeping = (collective: Collective, kept: { part?: RunPart }): Collective => ({
  share: collective.share,
  join: async (load) => {
    const joint = await collective.join(load)
    const merge = joint.merge.bind(joint)
    joint.merge = (part, within) => {
      kept.part = part
      return merge(part, within)
    }
    return joint
  },
})

function messageOf(act: () => unknown): string | undefined {
  try {
    act()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

if (process.send !== undefined && process.env.SHARED_GENERATOR === '1') {
  process.once('message', (order: SharedOrder) => {
    void generate(order).then((result) => process.send?.(result, () => process.disconnect()))
  })
}
