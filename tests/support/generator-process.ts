import { setTimeout as sleep } from 'node:timers/promises'
import { meetInRedis } from '../../src/cluster/redis-rendezvous.ts'
import type { RedisRendezvousOptions } from '../../src/cluster/redis-rendezvous.ts'
import type { Entry, Loss, Rendezvous } from '../../src/cluster/rendezvous.ts'

/** What a generator of its own process is told to do; see `generators.ts`. */
export interface Order {
  readonly nth: number
  readonly act: keyof typeof ACTS
  readonly args: readonly unknown[]
}

type Act = (rendezvous: Rendezvous, ...args: never[]) => Promise<unknown>

const losses: Loss[] = []

const ACTS = {
  come: (meeting: Rendezvous, event: string, within = 20_000) =>
    meeting.signalAndWait(event, { within }),
  make: (
    meeting: Rendezvous,
    id: string,
    given: { value?: string; after?: number; fails?: string },
  ) =>
    meeting.getOrCreate(
      id,
      async () => {
        await sleep(given.after ?? 0)
        if (given.fails !== undefined) throw new Error(given.fails)
        return given.value ?? null
      },
      { within: 20_000 },
    ),
  append: (meeting: Rendezvous, stream: string, data: string) => meeting.append(stream, data),
  read: async (meeting: Rendezvous, stream: string, count: number) => {
    const entries: Entry[] = []
    for await (const entry of meeting.read(stream, AbortSignal.timeout(20_000))) {
      entries.push(entry)
      if (entries.length === count) break
    }
    return entries
  },
  clock: async (meeting: Rendezvous) => ({
    ...(await meeting.synchronize()),
    /** What it takes the common clock to say now, against the machine's own. */
    wrong: performance.now() + meeting.clock.offset - Date.now(),
  }),
  /** The first generator that it hears to be lost. */
  lost: async () => {
    while (losses.length === 0) await sleep(20)
    return losses
  },
  leave: (meeting: Rendezvous) => meeting.close(),
} satisfies Record<string, Act>

const options = JSON.parse(process.env.GENERATOR ?? '') as RedisRendezvousOptions
const meeting = meetInRedis(options)
meeting.then(
  (met) => {
    met.onLoss((loss) => losses.push(loss))
    process.send?.({ nth: 0 })
  },
  (problem: Error) => process.send?.({ nth: 0, problem: problem.message }),
)

process.on('message', ({ nth, act, args }: Order) => {
  const run = async (): Promise<unknown> => (ACTS[act] as Act)(await meeting, ...(args as never[]))
  run().then(
    (result) => process.send?.({ nth, result }),
    (problem: Error) => process.send?.({ nth, problem: problem.message }),
  )
})
