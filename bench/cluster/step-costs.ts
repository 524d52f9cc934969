import { realClock } from '../../src/clock/clock.ts'
import { redisKeys } from '../../src/cluster/redis-keys.ts'
import { openRedisLink } from '../../src/cluster/redis-link.ts'
import { APPEND, JOIN, READ } from '../../src/cluster/redis-scripts.ts'
import { redisServer } from '../../tests/support/redis-server.ts'

const STEPS = 20_000

/** CPU of a real Redis, in µs: a look at a stream in which nothing is new, and an entry of 3 kB. */
export async function stepCosts(): Promise<{ readonly look: number; readonly append: number }> {
  await using redis = await redisServer()
  const address = { url: redis.url, shown: redis.url }
  const link = await openRedisLink(address, { clock: realClock, patience: 60_000 })
  const keys = redisKeys('bench', 'a')
  const { claims, run, who, at, lost, missed, alive, left } = keys
  const all = [claims, run, who, at, lost, missed, alive, left]
  await link.run(JOIN, all, [0, 'nonce', 600, 'me', '{}', 1, 10_000, 'a'])
  const cpu = async (): Promise<number> => {
    const text = await redis.cli('INFO', 'cpu')
    const used = [...text.matchAll(/used_cpu_(?:sys|user):([\d.]+)/g)]
    return used.reduce((sum, [, seconds]) => sum + Number(seconds) * 1e6, 0)
  }
  const cost = async (step: (nth: number) => Promise<unknown>): Promise<number> => {
    const before = await cpu()
    for (let nth = 0; nth < STEPS; nth += 100) {
      await Promise.all(Array.from({ length: 100 }, (_, more) => step(nth + more)))
    }
    return ((await cpu()) - before) / STEPS
  }
  const look = await cost(() =>
    link.run(READ, [claims, keys.stream('none')], [0, 'nonce', 600, '-', 32]),
  )
  const text = 'x'.repeat(3_000)
  const append = await cost((nth) =>
    link.run(
      APPEND,
      [claims, keys.stream('some'), keys.counts('some'), keys.sent],
      [0, 'nonce', 600, nth, text, 1e6],
    ),
  )
  link.close()
  return { look, append }
}
