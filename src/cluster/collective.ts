import { createHash } from 'node:crypto'
import { realClock, type Clock } from '../clock/clock.ts'
import type { Share } from '../data/share.ts'
import type { Collective, CollectiveLoad, JointLoad } from '../load/collective.ts'
import type { Ms } from '../units/units.ts'
import { differences, type Facts } from './facts.ts'
import { MetLoad } from './met-load.ts'
import { generatorName, RendezvousError, type Json, type Rendezvous } from './rendezvous.ts'

/** What a collective knows besides its rendezvous. */
export interface CollectiveOptions {
  /** What must be the same in each generator, beside the load: the package's version, the test file. */
  readonly facts?: Facts | undefined
  /** For the others to come to a load. Default 60 s. */
  readonly gather?: Ms | undefined
  readonly clock?: Clock | undefined
}

const GATHER: Ms = 60_000

/** The other generators of a run, by their rendezvous. */
export function collectiveOf(rendezvous: Rendezvous, options: CollectiveOptions = {}): Collective {
  return new MetGenerators(rendezvous, options)
}

class MetGenerators implements Collective {
  readonly #rendezvous: Rendezvous
  readonly #facts: Facts
  readonly #gather: Ms
  readonly #clock: Clock
  /** Loads are told apart by how many came before: all generators run the same test. */
  #loads = 0

  constructor(
    rendezvous: Rendezvous,
    { facts = {}, gather = GATHER, clock = realClock }: CollectiveOptions,
  ) {
    this.#rendezvous = rendezvous
    this.#facts = facts
    this.#gather = gather
    this.#clock = clock
  }

  get share(): Share {
    return this.#rendezvous.share
  }

  async join({ title, seed, facts, signal }: CollectiveLoad): Promise<JointLoad> {
    const id = `load ${++this.#loads}`
    const rendezvous = this.#rendezvous
    const { index, of } = rendezvous.share
    const here = shortened({ ...this.#facts, title, ...facts })
    const agreed = (await rendezvous.getOrCreate(
      `${id}/facts`,
      () => ({ generator: index, seed, facts: here }),
      { within: this.#gather, signal },
    )) as Agreed
    const { gather } = { gather: this.#gather }
    const load = new MetLoad(rendezvous, { id, seed: agreed.seed, gather, clock: this.#clock })
    const unlike = differences(here, agreed.facts)
    if (unlike === '') return load
    const error = new RendezvousError(
      `${generatorName(index, of)} runs another load than ${generatorName(agreed.generator, of)}:\n${unlike}`,
    )
    await load.fail(error)
    throw error
  }
}

/** What the first generator to come has said. */
interface Agreed {
  readonly [name: string]: Json
  readonly generator: number
  readonly seed: number
  readonly facts: Facts
}

/** What is longer is told by its sum. */
const LONGEST = 80

const shortened = (facts: Facts): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      value.length <= LONGEST
        ? value
        : `${value.length} characters, SHA-256 ${createHash('sha256').update(value).digest('hex').slice(0, 12)}`,
    ]),
  )
