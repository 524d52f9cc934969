import { expect, test } from 'vitest'
import { ModelRedis } from '../../bench/cluster/model-redis.ts'
import { realClock } from '../../src/clock/clock.ts'
import { redisKeys } from '../../src/cluster/redis-keys.ts'
import { openRedisLink, type Argument } from '../../src/cluster/redis-link.ts'
import * as scripts from '../../src/cluster/redis-scripts.ts'
import type { RedisScript } from '../../src/cluster/redis-scripts.ts'
import { redisServer } from '../support/redis-server.ts'

const keys = redisKeys('model', 'a.perf.ts')
const { claims, run, who, at, lost, missed, alive, left } = keys
const JOIN = [claims, run, who, at, lost, missed, alive, left]
const BEAT = JOIN
const APPEND = [claims, keys.stream('s'), keys.counts('s'), keys.sent]
const ARRIVE = [keys.claims, keys.event('go'), keys.left, keys.lost, keys.missed]
const TAKE = [keys.claims, keys.made('a'), keys.left, keys.lost]
const MADE = [keys.claims, keys.made('a')]

type Step = readonly [
  what: string,
  script: RedisScript,
  keys: readonly string[],
  ...args: Argument[],
]

const join = (index: number, nonce: string, facts = '{}'): Argument[] => [
  index,
  nonce,
  60,
  `process ${index}`,
  facts,
  3,
  10_000,
  'a.perf.ts',
]
const STEPS: readonly Step[] = [
  ['the first joins', scripts.JOIN, JOIN, ...join(0, 'a')],
  ['its place is taken', scripts.JOIN, JOIN, ...join(0, 'x')],
  ['it asks again', scripts.JOIN, JOIN, ...join(0, 'a')],
  ['the second joins', scripts.JOIN, JOIN, ...join(1, 'b')],
  ['one makes', scripts.TAKE, TAKE, 0, 'a', 60],
  ['the other waits', scripts.TAKE, TAKE, 1, 'b', 60],
  ['it is made', scripts.GIVE, MADE, 0, 'a', 60, 'made', '"value"'],
  ['it is made once', scripts.GIVE, MADE, 0, 'a', 60, 'made', '"other"'],
  ['the other has it', scripts.TAKE, TAKE, 1, 'b', 60],
  ['an entry', scripts.APPEND, APPEND, 0, 'a', 60, 0, '"x"', 3],
  ['the same again', scripts.APPEND, APPEND, 0, 'a', 60, 0, '"x"', 3],
  ['one that leaves a gap', scripts.APPEND, APPEND, 0, 'a', 60, 2, '"z"', 3],
  ['of another', scripts.APPEND, APPEND, 1, 'b', 60, 0, '"y"', 3],
  ['the last', scripts.APPEND, APPEND, 1, 'b', 60, 1, '"y"', 3],
  ['one too many', scripts.APPEND, APPEND, 1, 'b', 60, 2, '"y"', 3],
  ['all are read', scripts.READ, [keys.claims, keys.stream('s')], 1, 'b', 60, '-', 10],
  ['the first comes', scripts.ARRIVE, ARRIVE, 0, 'a', 60],
  ['all are well', scripts.BEAT, BEAT, 0, 'a', 60, 10_000, 1],
  ['a stranger before all have come', scripts.JOIN, JOIN, ...join(2, 'c', '{"test":"b"}')],
  ['who is gone for all', scripts.BEAT, BEAT, 0, 'a', 60, 10_000, 1],
  ['nobody joins any more', scripts.JOIN, JOIN, ...join(2, 'd')],
  ['one leaves', scripts.LEAVE, [claims, alive, left, keys.sent], 1, 'b', 60],
  ['the first comes again', scripts.ARRIVE, ARRIVE, 0, 'a', 60],
  ['one is missed', scripts.MISS, [keys.claims, keys.missed], 0, 'a', 60, 'missed:1:go', 1],
  ['both are gone', scripts.BEAT, BEAT, 0, 'a', 60, 10_000, 0],
  ['who came', scripts.CAME, [keys.claims, keys.event('go')], 0, 'a', 60],
  ['who they are', scripts.OF, [keys.claims, keys.who], 0, 'a', 60, 0, 2],
]

test('the Redis of the simulation answers as a real one does, step by step', async () => {
  await using redis = await redisServer()
  const link = await openRedisLink(
    { url: redis.url, shown: redis.url },
    { clock: realClock, patience: 10_000 },
  )
  const model = new ModelRedis()
  for (const [what, script, on, ...args] of STEPS) {
    const real = await link.run(script, on, args)
    expect([what, plain(model.run(script, on, args, Date.now()))]).toEqual([what, plain(real)])
  }
  link.close()
})

/** Without the numbers of entries, which Redis makes of its clock; what is missing is null there. */
const plain = (reply: unknown): unknown =>
  Array.isArray(reply)
    ? reply.map(plain)
    : typeof reply === 'string'
      ? reply.replace(/^\d+-\d+$/, 'id')
      : (reply ?? null)
