import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { eventsFor } from '../../../src/clients/framing/events.ts'
import {
  MOST_CHARACTERS,
  type Framer,
  type FrameSink,
} from '../../../src/clients/framing/framer.ts'

/** Somebody who notes what comes, and may do something about it. */
function hearing(hears: (data: string) => void = () => {}) {
  const heard: string[] = []
  const sink: FrameSink = {
    frame: ({ data }) => {
      heard.push(data)
      hears(data)
    },
    tooLong: (most) => heard.push(`longer than ${most}`),
  }
  return { heard, sink }
}

/** What one stream gives that is read up to its end, or left without one. */
function readOne(chunks: readonly string[], most = MOST_CHARACTERS): readonly string[] {
  const { heard, sink } = hearing()
  const events = eventsFor(sink, most)
  for (const chunk of chunks) events.feed(chunk)
  events.leave?.()
  return heard
}

describe('a parser that serves one stream after the other', () => {
  test.each<readonly [string, readonly string[]]>([
    ['data without its blank line', ['data: half']],
    ['half a line', ['da']],
    ['half an end of line', ['data: a\r\n\r']],
    ['an id and a name', ['id: 7\nevent: said\n']],
    ['the start of a byte order mark', ['\u00EF']],
    ['a line that is no field', ['nonsense: ']],
  ])('has forgotten %s', (_what, before) => {
    readOne(before)
    expect(readOne(['data: whole\n\n'])).toEqual(['whole'])
  })

  test('reads on after an event that was too long', () => {
    expect(readOne(['data: far too long'], 10)).toEqual(['longer than 10'])
    expect(readOne(['data: b\n\n'], 10)).toEqual(['b'])
  })

  test('left by what one of its events does, it gives the rest of the read to nobody else', () => {
    const place: { events?: Framer } = {}
    const first = hearing(() => place.events?.leave?.())
    place.events = eventsFor(first.sink, MOST_CHARACTERS)
    const second = hearing()
    const begun: { other?: Framer } = {}
    const third = hearing(() => {
      place.events?.leave?.()
      begun.other = eventsFor(second.sink, MOST_CHARACTERS)
    })
    place.events.feed('data: a\n\n')
    place.events = eventsFor(third.sink, MOST_CHARACTERS)
    place.events.feed('data: b\n\ndata: c\n\n')
    begun.other?.feed('data: d\n\n')
    expect(first.heard).toEqual(['a'])
    expect(third.heard[0]).toBe('b')
    expect(second.heard).toEqual(['d'])
  })

  const text = fc.stringMatching(/^[a-z]{1,8}$/)
  property.prop([fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 8 }), fc.nat(30)])(
    'gives each stream its own events, wherever the one before was left',
    (streams, left) => {
      for (const stream of streams) {
        const body = stream.map((data) => `data: ${data}\n\n`).join('')
        readOne([body.slice(0, left)])
        expect(readOne([body])).toEqual(stream)
      }
    },
  )
})
