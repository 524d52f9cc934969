import { Client } from 'undici'
import { answerCalls } from '../common/answer-calls.ts'
import { heldBytes } from '../common/held-bytes.ts'
import { environment } from '../common/scripted-users.ts'
import { runLoad } from '../../src/load/run-load.ts'

interface Held {
  readonly rss: number
  readonly held: number
}

function memory(): Held {
  const held = heldBytes()
  return { held, rss: process.memoryUsage.rss() }
}

/** Users that have made one request and think; measured while all of them do. */
async function ours(url: string, users: number): Promise<Held> {
  const abort = new AbortController()
  const thinking = Promise.withResolvers<void>()
  const counter = { count: 0 }
  const load = runLoad(
    { users, duration: '60s', gracefulStop: 1 },
    async ({ http, pause }) => {
      await http.get('/')
      if (++counter.count === users) thinking.resolve()
      await pause('60s')
    },
    environment(url, abort.signal),
  )
  await thinking.promise
  const measured = memory()
  abort.abort()
  await load
  return measured
}

/** As many undici Clients that have made one request. */
async function bare(url: string, users: number): Promise<Held> {
  const clients = Array.from({ length: users }, () => new Client(url))
  await Promise.all(
    clients.map(async (client) => {
      const { body } = await client.request({ method: 'GET', path: '/' })
      await body.dump()
    }),
  )
  const measured = memory()
  await Promise.all(clients.map((client) => client.close()))
  return measured
}

answerCalls({ memory, ours, bare })
