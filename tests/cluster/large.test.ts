import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { appendLarge, LargeReader } from '../../src/cluster/large.ts'
import type { Entry, Json } from '../../src/cluster/rendezvous.ts'

/** The entries that something large becomes, of one generator. */
async function entriesOf(value: unknown, generator = 1): Promise<readonly Entry[]> {
  const all: Entry[] = []
  const append = (_stream: string, data: Json): Promise<void> => {
    all.push({ generator, sequence: all.length, data })
    return Promise.resolve()
  }
  await appendLarge({ append }, 'part', value)
  return all
}

/** More than one piece of what cannot be deflated. */
const large = { text: randomBytes(600_000).toString('base64') }

describe('what is large goes in pieces', () => {
  test('and is whole again when the last one has come', async () => {
    const entries = await entriesOf(large)
    expect(entries.length).toBeGreaterThan(2)
    const reader = new LargeReader()
    const taken = []
    for (const entry of entries) taken.push(await reader.take(entry))
    expect(taken.slice(0, -1).every(({ kind }) => kind === 'more')).toBe(true)
    expect(taken.at(-1)).toEqual({ kind: 'whole', value: large })
  })

  test('those of several generators may come in turn', async () => {
    const [one, two] = [await entriesOf(large, 1), await entriesOf({ text: 'small' }, 2)]
    const reader = new LargeReader()
    const [first, ...others] = one as [Entry, ...Entry[]]
    await reader.take(first)
    expect(await reader.take(two[0] as Entry)).toEqual({ kind: 'whole', value: { text: 'small' } })
    const last = await Promise.all(others.map((entry) => reader.take(entry)))
    expect(last.at(-1)).toEqual({ kind: 'whole', value: large })
  })

  test('a piece that is missing is a gap, and never filled', async () => {
    const [first, , third] = await entriesOf(large)
    const reader = new LargeReader()
    await reader.take(first as Entry)
    expect(await reader.take(third as Entry)).toEqual({
      kind: 'gap',
      why: 'entry 2 of it came where 1 was due',
    })
  })
})
