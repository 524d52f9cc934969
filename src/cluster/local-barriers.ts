import type { Share } from '../data/share.ts'
import type { Reply } from './local-wire.ts'

interface Barrier {
  readonly came: Set<number>
  readonly waiting: Reply[]
}

/** Events that all generators wait for. */
export class LocalBarriers {
  readonly #barriers = new Map<string, Barrier>()
  /** Who will come to none any more, and why. */
  readonly #gone = new Map<number, string>()

  signal(
    event: string,
    { generator, of }: Pick<Share, 'of'> & { readonly generator: number },
    reply: Reply,
  ): void {
    const barrier = this.#of(event)
    barrier.came.add(generator)
    barrier.waiting.push(reply)
    if (barrier.came.size === of) {
      for (const each of barrier.waiting.splice(0)) each({ ok: true })
      return
    }
    for (const [who, why] of this.#gone) if (!barrier.came.has(who)) refuse(barrier, why)
  }

  missing(event: string, of: number): readonly number[] {
    const { came } = this.#of(event)
    return Array.from({ length: of }, (_, generator) => generator).filter((each) => !came.has(each))
  }

  /** Whoever waits for it is told that it will not come. */
  gone(generator: number, why: string): void {
    this.#gone.set(generator, why)
    for (const barrier of this.#barriers.values()) {
      if (!barrier.came.has(generator)) refuse(barrier, why)
    }
  }

  #of(event: string): Barrier {
    const known = this.#barriers.get(event)
    if (known !== undefined) return known
    const barrier: Barrier = { came: new Set(), waiting: [] }
    this.#barriers.set(event, barrier)
    return barrier
  }
}

function refuse({ waiting }: Barrier, why: string): void {
  for (const reply of waiting.splice(0)) reply({ refused: why })
}
