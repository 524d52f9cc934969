import { sleep } from '../clock/sleep.ts'
import { formatBytes, formatMs } from '../units/format.ts'
import type { Bytes } from '../units/units.ts'
import type { RedisMember } from './redis-member.ts'
import { textsOf } from './redis-reply.ts'
import { GIVE, TAKE } from './redis-scripts.ts'
import { generatorName, RendezvousError, type Json, type WaitOptions } from './rendezvous.ts'

/** Of a value that all generators share; what is bigger belongs into a file or a service. */
const MOST: Bytes = 64 * 1_024 * 1_024

/**
 * The same value at every generator: the first to ask makes it. What it throws, the others hear, too.
 * @throws RendezvousError when it could not be made, or not within its time
 */
export async function getOrCreate(
  member: RedisMember,
  id: string,
  make: () => Json | Promise<Json>,
  { within, signal }: WaitOptions,
): Promise<Json> {
  const { clock, broken, pause, share, keys, run } = member
  const until = clock.now() + within
  const ended = signal === undefined ? broken : AbortSignal.any([broken, signal])
  for (;;) {
    ended.throwIfAborted()
    const taken = readTaken(await member.ask(TAKE, [keys.made(id), keys.left, keys.lost]))
    if (taken.state !== 'making') return valueOf(member, id, taken)
    if (taken.by === share.index) return makeIt(member, id, make)
    const maker = generatorName(taken.by, share.of)
    if (taken.gone) throw new RendezvousError(`${run}: ${maker} was lost while it made "${id}"`)
    if (clock.now() >= until) {
      throw new RendezvousError(`${run}: ${maker} did not make "${id}" within ${formatMs(within)}`)
    }
    await sleep(clock, pause, ended)
  }
}

interface Taken {
  readonly state: string
  readonly by: number
  readonly value: string
  /** The maker has left, or is lost. */
  readonly gone: boolean
}

function readTaken(reply: unknown): Taken {
  const [state = '', by = '', value = '', gone = '0'] = textsOf(reply)
  return { state, by: Number(by), value, gone: Number(gone) > 0 }
}

async function makeIt(
  member: RedisMember,
  id: string,
  make: () => Json | Promise<Json>,
): Promise<Json> {
  const give = async (state: string, value: string): Promise<Taken> =>
    readTaken(await member.ask(GIVE, [member.keys.made(id)], state, value))
  try {
    const text = JSON.stringify(await make())
    if (Buffer.byteLength(text) > MOST) throw new RendezvousError(tooBig(id, text))
    return valueOf(member, id, await give('made', text))
  } catch (problem) {
    // What is wrong with Redis itself is said by the problem.
    if (!member.broken.aborted) await give('failed', messageOf(problem)).catch(() => undefined)
    throw problem
  }
}

function valueOf({ run, share }: RedisMember, id: string, { state, by, value }: Taken): Json {
  if (state === 'made') return JSON.parse(value) as Json
  throw new RendezvousError(
    `${run}: ${generatorName(by, share.of)} could not make "${id}": ${value}`,
  )
}

const tooBig = (id: string, text: string): string =>
  `"${id}" makes ${formatBytes(Buffer.byteLength(text))}, at most ${formatBytes(MOST)} can be shared. ` +
  'Share where it is to be found instead'

const messageOf = (problem: unknown): string =>
  problem instanceof Error ? problem.message : String(problem)
