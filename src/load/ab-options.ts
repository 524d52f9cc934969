import type { Timeouts } from '../clients/timeouts.ts'
import { UsageError } from '../errors/usage-error.ts'
import { MOST_PAIRS } from '../stats/signed-rank.ts'
import { formatMs } from '../units/format.ts'
import type { DurationInput, Ms, RateInput } from '../units/units.ts'
import type { ArrivalKind } from './arrival-schedule.ts'
import { OptionReader, type CommonOptions } from './option-reader.ts'
import { planLoad, type LoadOptions, type LoadPlan } from './options.ts'

interface BlockOptions extends Pick<
  CommonOptions,
  'connection' | 'timeout' | 'tls' | 'http' | 'abort' | 'gracefulStop' | 'seed'
> {
  /** Of all counted blocks together, those of both targets. */
  readonly duration: DurationInput
  /** Of one block. Default: a sixtieth of the duration, from 0.5 s to 10 s. */
  readonly block?: DurationInput | undefined
  /** Left out at the start of each block. Default: a tenth of it. */
  readonly settle?: DurationInput | undefined
  /** How long each target is loaded before the first counted block. Default: one block. */
  readonly warmUp?: DurationInput | undefined
}

/** Blocks of a closed load: so many users against one target at a time. */
export interface CompareUsersOptions extends BlockOptions {
  readonly users: number
}

/** Blocks of an open load. */
export interface CompareRateOptions extends BlockOptions {
  readonly rate: RateInput
  readonly maxUsers?: number | undefined
  readonly preAllocated?: number | undefined
  readonly arrivals?: ArrivalKind | undefined
}

/** How two targets are compared: the load of a block, and how long all of it takes. */
export type CompareOptions = CompareUsersOptions | CompareRateOptions

/** The same, each block a load of its own. */
export interface ComparePlan {
  readonly block: LoadOptions
  readonly load: LoadPlan
  readonly warmUp: LoadOptions | undefined
  readonly pairs: number
  /** A block's time, and that of all of them, the warm-up among them. */
  readonly blockTime: Ms
  readonly length: Ms
}

const USUAL_BLOCKS = 60
const SHORTEST: Ms = 500
const LONGEST: Ms = 10_000
/** Five pairs that all say the same have a chance of 3 %: with six one of them may say otherwise. */
const LEAST = 6

const OWN = ['users', 'rate', 'duration', 'block', 'settle', 'maxUsers', 'preAllocated', 'arrivals']
const BLOCKS = 'is said by the blocks, each of which is a load of its own: leave it out'
const REFUSED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    'stages steps iterations iterationsPerUser maxDuration rampUp rampDown spawnRate startUsers startRate judge'
      .split(' ')
      .map((name) => [name, BLOCKS]),
  ),
  events: 'would hear of each block as of a load: leave it out',
  limits: "is of one load; what two may differ by says expect(ab).toNotRegress({ p95: '5%' })",
}

/** @throws UsageError with every mistake */
export function planCompare(input: unknown, timeouts: Timeouts, path: string): ComparePlan {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new UsageError(`${path} options`, "an object like { users: 10, duration: '2m' }", input)
  }
  const reader = new OptionReader({ ...input }, path)
  reader.known([...OWN, ...Object.keys(REFUSED)])
  for (const [name, why] of Object.entries(REFUSED)) if (reader.has(name)) reader.refuse(name, why)
  const times = timesOf(reader)
  const { block, settle } = times
  const shape = shapeOf(reader, { warmUp: settle, duration: block - settle })
  const load = reader.check(() => planLoad(shape, timeouts, path), undefined)
  reader.end()
  if (load === undefined) throw new Error('a comparison without the load of its blocks')
  return {
    block: shape,
    load,
    warmUp: times.warmUp === 0 ? undefined : shapeOf(reader, { warmUp: 0, duration: times.warmUp }),
    pairs: times.pairs,
    blockTime: block,
    length: 2 * (times.pairs * block + times.warmUp),
  }
}

/** What is said of the load itself, with the times of one block. */
function shapeOf(
  { options }: OptionReader,
  times: { readonly warmUp: Ms; readonly duration: Ms },
): LoadOptions {
  const [own, common] = [['users', 'rate', 'maxUsers', 'preAllocated', 'arrivals'], COMMON]
  const given = Object.entries(options).filter(
    ([name, value]) => value !== undefined && [...own, ...common].includes(name),
  )
  return { ...Object.fromEntries(given), ...times } as object as LoadOptions
}

const COMMON = ['connection', 'timeout', 'tls', 'http', 'abort', 'gracefulStop', 'seed']

interface Times {
  readonly block: Ms
  readonly settle: Ms
  readonly warmUp: Ms
  readonly pairs: number
}

function timesOf(reader: OptionReader): Times {
  const { path, options } = reader
  if (!reader.has('duration')) {
    reader.refuse('duration', "is missing: the time of all blocks, like '2m'")
  }
  const duration = reader.duration('duration', 60_000)
  const usual = Math.min(LONGEST, Math.max(SHORTEST, duration / USUAL_BLOCKS))
  const block = reader.duration('block', usual)
  const settle = reader.duration('settle', block / 10)
  const warmUp = reader.duration('warmUp', block)
  reader.check(() => {
    if (block < 100)
      throw new UsageError(`${path}.block`, "at least 100 ms, like '2s'", options.block)
    if (settle < block) return
    throw new UsageError(`${path}.settle`, `less than a block (${formatMs(block)})`, options.settle)
  }, undefined)
  const pairs = Math.floor(duration / (2 * block))
  if (block >= 100 && pairs < LEAST) reader.refuse('duration', tooShort(block))
  if (block >= 100 && pairs > MOST_PAIRS) {
    reader.refuse(
      'block',
      `makes ${pairs} pairs of blocks, at most ${MOST_PAIRS} are compared: say ${formatMs(Math.ceil(duration / 2 / MOST_PAIRS))} or more`,
    )
  }
  return { block, settle: settle < block ? settle : 0, warmUp, pairs }
}

const tooShort = (block: Ms): string =>
  `holds fewer than ${LEAST} pairs of blocks of ${formatMs(block)}, which can show nothing: say ${formatMs(2 * LEAST * block)} or more, or shorter blocks`
