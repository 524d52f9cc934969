import { sleep } from '../clock/sleep.ts'
import { formatBytes, formatNumber } from '../units/format.ts'
import type { Bytes } from '../units/units.ts'
import { lookOf, type RedisMember } from './redis-member.ts'
import { listOf, textsOf } from './redis-reply.ts'
import { APPEND, READ } from './redis-scripts.ts'
import { generatorName, RendezvousError, type Entry, type Json } from './rendezvous.ts'

/** Of one entry. */
const MOST_BYTES: Bytes = 64 * 1_024 * 1_024
/** In one stream. */
const MOST_ENTRIES = 1_000_000
/** Entries in one reply. */
const AT_ONCE = 32

/** Puts entries of this generator behind all others of a stream, one after the other. */
export function appender(member: RedisMember): (stream: string, data: Json) => Promise<void> {
  const lines = new Map<string, { due: number; last: Promise<void> }>()
  return (stream, data) => {
    const line = lines.get(stream) ?? { due: 0, last: Promise.resolve() }
    lines.set(stream, line)
    const sequence = line.due++
    const kept = line.last.then(() => append(member, stream, sequence, JSON.stringify(data)))
    line.last = kept.catch(() => undefined)
    return kept
  }
}

/**
 * Adds an entry; to add it again changes nothing, so that a lost answer can be asked for again.
 * @throws RendezvousError when it is too big, when the stream is full, when one before it is missing
 */
async function append(
  member: RedisMember,
  stream: string,
  sequence: number,
  data: string,
): Promise<void> {
  const { run, share, keys } = member
  const size = Buffer.byteLength(data)
  const at = `${run}: entry ${sequence} of ${generatorName(share.index, share.of)} in "${stream}"`
  if (size > MOST_BYTES) {
    throw new RendezvousError(
      `${at} has ${formatBytes(size)}, at most ${formatBytes(MOST_BYTES)} are carried`,
    )
  }
  const where = [keys.stream(stream), keys.counts(stream), keys.sent]
  const reply = String(await member.ask(APPEND, where, sequence, data, MOST_ENTRIES))
  if (reply === 'kept') return
  if (reply === 'full') {
    throw new RendezvousError(`${at} is one too many: a stream keeps ${formatNumber(MOST_ENTRIES)}`)
  }
  throw new RendezvousError(
    `${at} does not follow on: Redis lost what came after entry ${Number(reply) - 1}`,
  )
}

/**
 * All entries of a stream, as they come, until the signal aborts or the member is broken.
 * @throws RendezvousError at a gap in what a generator sent
 */
export async function* read(
  member: RedisMember,
  stream: string,
  signal: AbortSignal,
): AsyncGenerator<Entry, void> {
  const { broken, clock, keys, share } = member
  const ended = AbortSignal.any([broken, signal])
  const due = new Map<number, number>()
  let behind = '-'
  while (!ended.aborted) {
    const found = listOf(await member.ask(READ, [keys.stream(stream)], behind, AT_ONCE))
    for (const each of found) {
      const { id, ...entry } = readEntry(each)
      behind = `(${id}`
      const next = due.get(entry.generator) ?? 0
      if (entry.sequence !== next) throw gap(member, stream, entry, next)
      due.set(entry.generator, next + 1)
      yield entry
    }
    if (found.length === 0) await sleep(clock, lookOf(share.of), ended).catch(() => undefined)
  }
}

/** `[id, ['g', generator, 's', sequence, 'd', data]]` */
function readEntry(found: unknown): Entry & { readonly id: string } {
  const [id, fields] = listOf(found)
  const [, generator, , sequence, , data = 'null'] = textsOf(fields)
  return {
    id: String(id),
    generator: Number(generator),
    sequence: Number(sequence),
    data: JSON.parse(data) as Json,
  }
}

function gap({ run, share }: RedisMember, stream: string, entry: Entry, due: number): Error {
  const name = generatorName(entry.generator, share.of)
  return new RendezvousError(
    `${run}: entry ${due} of ${name} in "${stream}" is missing, the next is ${entry.sequence}`,
  )
}
