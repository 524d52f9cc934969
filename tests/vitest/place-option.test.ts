import { describe, expect, test } from 'vitest'
import { placeOf, toShare } from '../../src/vitest/place-option.ts'
import { messageOf } from '../support/message-of.ts'

const RUN = {
  PERF_RUN_ID: 'nightly-17',
  PERF_GENERATOR: '2/4',
  PERF_RENDEZVOUS: 'redis://redis:6379',
}

test('the environment says which generator of which run a process is', () => {
  expect(placeOf(RUN)).toMatchObject({
    runId: 'nightly-17',
    share: { index: 1, of: 4 },
    rendezvous: 'redis://redis:6379',
  })
})

test('one that says nothing generates alone', () => {
  expect(placeOf({})).toBeUndefined()
  expect(placeOf({ PERF_RUN_ID: '', PERF_GENERATOR: '', PERF_RENDEZVOUS: '' })).toBeUndefined()
})

describe('generators are counted from 1, as the shards of Vitest are', () => {
  test.each([
    ['1/1', 0, 1],
    ['1/4', 0, 4],
    ['4/4', 3, 4],
    ['1000/1000', 999, 1_000],
  ])('%s', (input, index, of) => expect(toShare(input)).toEqual({ index, of }))

  test.each(['0/4', '5/4', '1/0', '2', '1/2/3', 'a/b', '-1/4', '1.5/4', '1/1001'])(
    '%s is none',
    (input) =>
      expect(messageOf(() => toShare(input))).toMatch(/^PERF_GENERATOR must be a generator/),
  )
})

test('all that is wrong is told at once', () => {
  expect(messageOf(() => placeOf({ PERF_GENERATOR: '5/4', PERF_RUN_ID: 'a run' })))
    .toMatchInlineSnapshot(`
    "PERF_GENERATOR has 3 mistakes:
      - PERF_RENDEZVOUS is not set, and PERF_RUN_ID and PERF_GENERATOR are: generators that meet need all of PERF_RUN_ID, PERF_GENERATOR, PERF_RENDEZVOUS
      - PERF_RUN_ID must be up to 100 letters, digits, and . : - _, got "a run"
      - PERF_GENERATOR must be a generator and how many there are, counted from 1 and at most 1000, such as 2/4, got "5/4""
  `)
})
