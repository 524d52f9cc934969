import { collectiveOf } from '../../src/cluster/collective.ts'
import { meetOver } from '../../src/cluster/redis-rendezvous.ts'
import type { Pulse } from '../../src/load/collective.ts'
import type { RunPart } from '../../src/load/run-part.ts'
import type { Clock } from '../../src/clock/clock.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { makePart, SECONDS } from './part.ts'
import { SimulatedNetwork } from './simulated-network.ts'
import { VirtualTime } from './virtual-time.ts'

/** What a run of so many generators asks of its Redis, and how well they keep together. */
export interface Simulated {
  /** Of Redis, in a second of the load, and in its busiest second. */
  readonly operations: number
  readonly peak: number
  /** Both ways, in a second of the load. */
  readonly bytes: number
  /** From the first to the last that begins, on true time. */
  readonly skew: number
  /** The most that one heard of the start after it. */
  readonly late: number
  /** From the moment at which one was cut off until the last of the others knew. */
  readonly detected: number
}

/** Machines are given within so long. */
const ARRIVE = 20_000
/** No machine's own clock is right. */
const WRONG = 3_600_000
/** The one that is lost is lost here. */
const CUT = 20_000
const LEASE = 10_000

interface Fleet {
  readonly time: VirtualTime
  readonly network: SimulatedNetwork
  readonly generators: number
  readonly part: RunPart
  /** On true time. */
  readonly begun: number[]
  readonly heard: number[]
  late: number
}

/** A load of a minute, from the first that joins to the last that has the run. */
export async function simulate(generators: number): Promise<Simulated> {
  const whole = await runFleet(generators, false)
  const first = Math.floor(Math.max(...whole.begun) / 1_000) + 2
  const seconds = whole.network.seconds
  const load = Array.from({ length: SECONDS - 5 }, (_, nth) => seconds[first + nth])
  const mean = (of: 'operations' | 'bytes'): number =>
    load.reduce((sum, second) => sum + (second?.[of] ?? 0), 0) / load.length
  const broken = generators === 1 ? undefined : await runFleet(generators, true)
  return {
    operations: mean('operations'),
    peak: Math.max(...seconds.map((second) => second?.operations ?? 0)),
    bytes: mean('bytes'),
    skew: Math.max(...whole.begun) - Math.min(...whole.begun),
    late: whole.late,
    detected: broken === undefined ? Number.NaN : Math.max(...broken.heard) - cutAt(broken),
  }
}

const cutAt = ({ begun, generators }: Fleet): number => (begun[generators - 1] ?? 0) + CUT

async function runFleet(generators: number, loses: boolean): Promise<Fleet> {
  const time = new VirtualTime()
  // What large parts cost is measured by itself: see `mergeCost`.
  const part = makePart(1, 20)
  const network = new SimulatedNetwork(time)
  const fleet: Fleet = { time, network, generators, part, begun: [], heard: [], late: 0 }
  const all = Array.from({ length: generators }, (_, index) => generate(fleet, index, loses))
  await time.until<unknown>(loses ? allHeard(fleet) : Promise.all(all))
  return fleet
}

async function allHeard({ time, heard, generators }: Fleet): Promise<void> {
  while (heard.length < generators - 1) await time.sleep(100)
}

async function generate(fleet: Fleet, index: number, loses: boolean): Promise<void> {
  const { time, network, generators, part } = fleet
  const random = seededRandom(index)
  const wrong = WRONG * (2 * random() - 1)
  const clock = time.clock(wrong)
  await time.sleep(ARRIVE * random())
  const link = network.link(index)
  const rendezvous = await meetOver(link, {
    run: 'simulated',
    meeting: 'a.perf.ts > a test',
    nonce: `nonce of generator ${index}`,
    share: { index, of: generators },
    facts: { version: '1.0.0' },
    lease: LEASE,
    clock,
  })
  const last = index === generators - 1
  rendezvous.onLoss(() => {
    if (!last) fleet.heard.push(time.now)
  })
  const { signal } = new AbortController()
  const collective = collectiveOf(rendezvous, { gather: 120_000, clock })
  const joined = await collective.join({
    title: 'a test',
    seed: 1,
    facts: { users: '100' },
    signal,
  })
  const at = (await joined.start(signal)) - wrong
  fleet.begun[index] = at
  fleet.late = Math.max(fleet.late, time.now - at)
  // The first one shows what all do.
  if (index === 0) joined.onPulse(() => {})
  if (last && loses) void time.after(cutAt(fleet) - time.now, () => link.cut())
  await pulses(fleet, clock, (pulse) => joined.pulse(pulse))
  if (loses) return
  await joined.merge(part, 3_600_000)
  await rendezvous.close()
}

/** One in a second, with the latencies of that second. */
async function pulses(
  { time, part }: Fleet,
  clock: Clock,
  tell: (pulse: Pulse) => void,
): Promise<void> {
  const [phase] = part.phases
  const [operation] = phase?.recording.operations ?? []
  const cells = operation?.cells ?? []
  for (let second = 0; second < SECONDS; second++) {
    await time.sleep(1_000)
    const latency = cells[second]?.[1].latency ?? EMPTY
    tell({
      phase: 'steady',
      elapsed: clock.now(),
      users: 100,
      count: 500 * second,
      failed: 0,
      latency,
    })
  }
}

const EMPTY = { count: 0, sum: 0, min: undefined, max: undefined, buckets: [] }
