import { describe, expect, test, vi } from 'vitest'
import type { StreamEnd } from '../../src/clients/stream-result.ts'
import { TokenStream } from '../../src/clients/token-stream.ts'
import { collect } from './streams.ts'

const END: StreamEnd = { status: 200, ttfb: 1, ttft: 2, ttct: 3, gaps: [] }
const LOST = new Error('lost')

function streamOf(tokens: readonly string[], end?: StreamEnd | Error): TokenStream {
  const stream = new TokenStream({ leave: () => stream.fail(() => new Error('left')) })
  for (const token of tokens) stream.token(token)
  if (end instanceof Error) stream.fail(() => end)
  else if (end !== undefined) stream.settle(end)
  return stream
}

describe('a stream that', () => {
  test('ended well gives everything, as often as one asks', async () => {
    const stream = streamOf(['a', 'b'], END)
    const result = await stream
    expect(result).toMatchObject({ ...END, text: 'ab', tokens: ['a', 'b'] })
    expect([[...result], [...result], await collect(stream), await stream.text()]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
      ['a', 'b'],
      'ab',
    ])
  })

  test('failed gives its tokens first, then its error, to everybody', async () => {
    const stream = streamOf(['a'], LOST)
    const tokens: string[] = []
    const reading = async (): Promise<void> => {
      for await (const token of stream) tokens.push(token)
    }
    await expect(reading()).rejects.toBe(LOST)
    expect(tokens).toEqual(['a'])
    await expect(stream).rejects.toBe(LOST)
    await expect(stream.text()).rejects.toBe(LOST)
  })

  test('is under way wakes all who wait for its next token', async () => {
    const stream = streamOf(['a'])
    const readers = [collect(stream), collect(stream)]
    await Promise.resolve()
    stream.token('b')
    await Promise.resolve()
    stream.token('c')
    stream.settle(END)
    expect(await Promise.all(readers)).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ])
  })

  test('had no token still ends', async () => {
    expect(await collect(streamOf([], END))).toEqual([])
    await expect(collect(streamOf([], LOST))).rejects.toBe(LOST)
  })
})

describe('leaving the loop', () => {
  test.each([
    ['while the stream is under way cancels it', undefined, 1],
    ['of a stream that has ended does not', END, 0],
  ])('%s', async (_when, end, times) => {
    const cancel = vi.fn()
    const stream = new TokenStream({ leave: cancel })
    stream.token('a')
    stream.token('b')
    if (end !== undefined) stream.settle(end)
    for await (const _token of stream) break
    expect(cancel).toHaveBeenCalledTimes(times)
  })
})

describe('a stream that begins later', () => {
  test('gives what the other gives', async () => {
    const stream = TokenStream.later(Promise.resolve(['a', 'b']), (tokens) => streamOf(tokens, END))
    expect(await collect(stream)).toEqual(['a', 'b'])
    expect(await stream).toMatchObject({ ...END, text: 'ab' })
  })

  test('fails with the other, its tokens given', async () => {
    const stream = TokenStream.later(Promise.resolve(), () => streamOf(['a'], LOST))
    await expect(stream).rejects.toBe(LOST)
    expect((await stream[Symbol.asyncIterator]().next()).value).toBe('a')
  })

  test.each<readonly [string, () => TokenStream]>([
    ['what it waits for', () => TokenStream.later(Promise.reject(LOST), () => streamOf([], END))],
    [
      'its start',
      () =>
        TokenStream.later(Promise.resolve(), () => {
          throw LOST
        }),
    ],
  ])('fails with %s', async (_what, start) => {
    await expect(start()).rejects.toBe(LOST)
  })

  test.each([
    ['before the other has begun', 0],
    ['after it', 5],
  ])('can be cancelled %s', async (_when, turns) => {
    const stream = TokenStream.later(Promise.resolve(), () => streamOf(['a']))
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    stream.cancel()
    await expect(stream).rejects.toThrow('left')
  })
})
