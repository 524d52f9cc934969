import { setTimeout as sleep } from 'node:timers/promises'
import { answerCalls } from '../common/answer-calls.ts'
import { heldBytes } from '../common/held-bytes.ts'
import { environment } from '../common/scripted-users.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { defineUser } from '../../src/load/user-definition.ts'

/** What a process holds, in bytes. */
export interface Memory {
  readonly rss: number
  readonly held: number
}

export interface Crowd {
  readonly empty: Memory
  /** While all users were at work. */
  readonly full: Memory
  readonly failed: number
  /** Iterations of each user while all were at work. */
  readonly iterations: readonly number[]
}

function memory(): Memory {
  const held = heldBytes()
  return { held, rss: process.memoryUsage.rss() }
}

/** Pages that a collection frees are given back a little later: the least of a few looks. */
async function settled(): Promise<Memory> {
  const looks: Memory[] = []
  for (let look = 0; look < 5; look++) {
    looks.push(memory())
    await sleep(200)
  }
  const least = (of: keyof Memory): number => Math.min(...looks.map((each) => each[of]))
  return { rss: least('rss'), held: least('held') }
}

/** Users who make a call, and think for half a second to one and a half. */
async function crowd(url: string, users: number, seconds: number): Promise<Crowd> {
  const empty = await settled()
  const counts = new Uint32Array(users)
  const here = new Set<number>()
  const measured = Promise.withResolvers<Memory>()
  const reader = defineUser(
    { name: 'reader', thinkTime: ['500ms', '1500ms'] },
    {
      read: async ({ http, user }) => {
        await http.get('/')
        if (here.size === users) counts[user] = (counts[user] ?? 0) + 1
        else if (here.add(user).size === users) measured.resolve(sleep(3_000).then(settled))
      },
    },
  )
  const options = { users, spawnRate: '1000/s', duration: seconds * 1_000 } as const
  const run = await runLoad(options, reader, environment(url))
  const full = await measured.promise
  const failed = run.failed + run.phases.reduce((sum, { summary }) => sum + summary.failed, 0)
  return { empty, full, failed, iterations: [...counts] }
}

answerCalls({ crowd })
