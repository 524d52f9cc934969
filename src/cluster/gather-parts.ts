import { mergeParts } from '../load/merge-parts.ts'
import type { LostGenerator, MergedParts, PartOfGenerator, RunPart } from '../load/run-part.ts'
import { formatMs } from '../units/format.ts'
import type { Ms } from '../units/units.ts'
import { appendLarge, LargeReader } from './large.ts'
import type { Rendezvous } from './rendezvous.ts'

/** Where the parts of a load are gathered. */
interface Parts {
  readonly rendezvous: Rendezvous
  readonly id: string
  /** For the parts of the others. */
  readonly within: Ms
  readonly signal: AbortSignal
}

/** Who is lost, so far and from now on. */
interface Losing {
  readonly lost: ReadonlyMap<number, LostGenerator>
  onLost(lose: (lost: LostGenerator) => void): void
}

/** The others wait for the one that merges for so much longer than it waits for them. */
const MERGING: Ms = 60_000

/** For parts on their way of generators that are lost since. */
const GRACE: Ms = 500

/** In the first generator: merges the parts of all and gives the run to the others. */
export async function mergeOf(own: RunPart, where: Parts, losing: Losing): Promise<MergedParts> {
  const { rendezvous, id } = where
  const gathering = new Gathering(own, where, losing)
  const { parts, lost } = await gathering.run()
  // As the others read it.
  const merged = JSON.parse(JSON.stringify(mergeParts(parts, lost))) as MergedParts
  await appendLarge(rendezvous, `${id}/merged`, merged).catch(() => {})
  return merged
}

/** In the others: gives their part and waits for the run of all. */
export async function gatherParts(
  own: RunPart,
  { rendezvous, id, within, signal }: Parts,
  losing: Losing,
): Promise<MergedParts> {
  const { share, clock } = rendezvous
  const waiting = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(within + MERGING))])
  const gone = new AbortController()
  const lose = ({ generator, why }: LostGenerator): void => {
    if (generator === 0 || generator === share.index) gone.abort(why)
  }
  losing.onLost(lose)
  for (const lost of losing.lost.values()) lose(lost)
  const alone = (why: string): MergedParts =>
    mergeParts(
      [{ generator: share.index, clock, part: own }],
      others(share).map((generator) => ({ generator, why })),
    )
  try {
    await appendLarge(rendezvous, `${id}/part`, { clock, part: own })
  } catch (error) {
    return alone(`its part could not be asked for: ${messageOf(error)}`)
  }
  const reader = new LargeReader()
  const merged = rendezvous.read(`${id}/merged`, AbortSignal.any([waiting, gone.signal]))
  for await (const entry of merged) {
    const taken = await reader.take(entry)
    if (taken.kind === 'whole') return taken.value as MergedParts
    if (taken.kind === 'gap') return alone(`the run of all came with a gap: ${taken.why}`)
  }
  return alone(
    gone.signal.aborted
      ? `generator 1, which was to merge all parts, is lost: ${String(gone.signal.reason)}`
      : `generator 1 gave no run of all within ${formatMs(within + MERGING)}`,
  )
}

/** Waits for the parts of all generators that are not lost. */
class Gathering {
  readonly #where: Parts
  readonly #losing: Losing
  readonly #parts: PartOfGenerator[]
  readonly #lost = new Map<number, LostGenerator>()
  readonly #done = new AbortController()

  constructor(own: RunPart, where: Parts, losing: Losing) {
    const { share, clock } = where.rendezvous
    this.#where = where
    this.#losing = losing
    this.#parts = [{ generator: share.index, clock, part: own }]
  }

  async run(): Promise<{
    readonly parts: readonly PartOfGenerator[]
    readonly lost: readonly LostGenerator[]
  }> {
    const { rendezvous, id, within, signal } = this.#where
    const { share } = rendezvous
    this.#losing.onLost((lost) => this.#lose(lost))
    for (const lost of this.#losing.lost.values()) this.#lose(lost)
    const late = AbortSignal.timeout(Math.ceil(within))
    const ended = AbortSignal.any([signal, this.#done.signal, late])
    const reader = new LargeReader()
    for await (const entry of rendezvous.read(`${id}/part`, ended)) {
      const taken = await reader.take(entry)
      const { generator } = entry
      if (taken.kind === 'whole') {
        const { clock, part } = taken.value as Omit<PartOfGenerator, 'generator'>
        this.#parts.push({ generator, clock, part })
        this.#lost.delete(generator)
        this.#look()
      } else if (taken.kind === 'gap') this.#lose({ generator, why: taken.why })
    }
    const came = new Set(this.#parts.map(({ generator }) => generator))
    const why = `it gave no part within ${formatMs(within)}`
    const lost = others(share)
      .filter((generator) => !came.has(generator))
      .map((generator) => this.#lost.get(generator) ?? { generator, why })
    return { parts: this.#parts, lost }
  }

  #lose(lost: LostGenerator): void {
    if (this.#parts.some(({ generator }) => generator === lost.generator)) return
    this.#lost.set(lost.generator, lost)
    this.#look()
  }

  #look(): void {
    const own = this.#where.rendezvous.share
    const all = this.#parts.length + this.#lost.size === own.of
    // Without its own connection no part can come any more.
    if (!all && !this.#losing.lost.has(own.index)) return
    if (this.#lost.size === 0) this.#done.abort()
    // Whoever is lost may have given its part before.
    else setTimeout(() => this.#done.abort(), GRACE).unref()
  }
}

const others = ({ index, of }: Rendezvous['share']): readonly number[] =>
  Array.from({ length: of }, (_, generator) => generator).filter((each) => each !== index)

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
