import type { Argument, RedisLink } from '../../src/cluster/redis-link.ts'
import type { RedisScript } from '../../src/cluster/redis-scripts.ts'
import { seededRandom, seedOf } from '../../src/stats/random.ts'
import { ModelRedis } from './model-redis.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What Redis had to do in one second. */
export interface Second {
  operations: number
  /** Both ways. */
  bytes: number
}

/** One way within a data centre: 0.1 ms, and 0.15 ms more on average; now and then much more. */
const LEAST = 0.1
const MORE = 0.15

/** One Redis, and the ways to it. */
export class SimulatedNetwork {
  readonly seconds: Second[] = []
  readonly operations = new Map<RedisScript | 'TIME', number>()
  readonly #time: VirtualTime
  readonly #redis = new ModelRedis()
  /** The server's clock, against true time. */
  readonly #epoch = 1_700_000_000_000

  constructor(time: VirtualTime) {
    this.#time = time
  }

  /** The connection of one generator; `cut` ends it, as when its machine is gone. */
  link(seed: number): RedisLink & { cut(): void } {
    const random = seededRandom(seedOf(9, seed))
    const way = (): number => LEAST - MORE * Math.log(1 - random())
    const state = { cut: false }
    const carried = async <T>(
      script: RedisScript | 'TIME',
      asked: number,
      answer: (now: number) => T,
    ): Promise<T> => {
      if (state.cut) return new Promise(() => {})
      await this.#time.sleep(way())
      const reply = answer(this.#epoch + this.#time.now)
      this.#count(script, asked + sizeOf(reply))
      await this.#time.sleep(way())
      return state.cut ? new Promise(() => {}) : reply
    }
    return {
      shown: 'redis://model',
      run: (script, keys, args) => {
        const asked = commandSize(script, keys, args)
        return carried(script, asked, (now) => this.#redis.run(script, keys, args, now))
      },
      time: () => carried('TIME', 14, (now) => now),
      close: () => {},
      cut: () => void (state.cut = true),
    }
  }

  #count(script: RedisScript | 'TIME', bytes: number): void {
    const at = Math.floor(this.#time.now / 1_000)
    const second = (this.seconds[at] ??= { operations: 0, bytes: 0 })
    second.operations++
    second.bytes += bytes
    this.operations.set(script, (this.operations.get(script) ?? 0) + 1)
  }
}

/** `*5 $7 EVALSHA …` */
function commandSize(
  { sha }: RedisScript,
  keys: readonly string[],
  args: readonly Argument[],
): number {
  const all = ['EVALSHA', sha, String(keys.length), ...keys, ...args.map(String)]
  return all.reduce((sum, each) => sum + bulkSize(each), headSize(all.length))
}

/** Of a reply of the protocol (RESP 2). */
function sizeOf(reply: unknown): number {
  if (Array.isArray(reply))
    return reply.reduce((sum: number, each) => sum + sizeOf(each), headSize(reply.length))
  if (typeof reply === 'number') return headSize(reply)
  return typeof reply === 'string' ? bulkSize(reply) : 5
}

const headSize = (count: number): number => 3 + String(count).length

function bulkSize(text: string): number {
  const size = Buffer.byteLength(text)
  return headSize(size) + size + 2
}
