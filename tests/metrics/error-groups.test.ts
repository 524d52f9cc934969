import { describe, expect, test } from 'vitest'
import { ErrorGroups, normalizeMessage } from '../../src/metrics/error-groups.ts'
import type { Failure } from '../../src/metrics/sample.ts'

const failure = (message: string) => (): Failure => ({ kind: 'status', message })

test.each([
  ['user 48213 not found', 'user {} not found'],
  ['answered 503 Service Unavailable', 'answered 503 Service Unavailable'],
  ['no first byte within 500 ms', 'no first byte within 500 ms'],
  ['gave up after 10023 ms', 'gave up after {} ms'],
  ['session 3f2504e0-4f89-11d3-9a0c-0305e82c3301 is gone', 'session {} is gone'],
  ['sess_9f8a7b6c expired', 'sess_{} expired'],
  ['chatcmpl-Ab12Cd34Ef failed', 'chatcmpl-{} failed'],
  ['commit deadbeef12 unknown', 'commit {} unknown'],
  ['the feedback was defaced', 'the feedback was defaced'],
  ['connect ECONNREFUSED 127.0.0.1:34567', 'connect ECONNREFUSED 127.0.0.1:{}'],
])('%s → %s', (message, normal) => {
  expect(normalizeMessage(message)).toBe(normal)
})

describe('groups', () => {
  test('errors that differ by an id are one, with the first of them in full', () => {
    const groups = new ErrorGroups()
    groups.add('chat', 'status', 'user 1001 not found', 1_100, failure('user 1001 not found'))
    groups.add('chat', 'status', 'user 1002 not found', 1_900, failure('user 1002 not found'))
    groups.add('stop', 'status', 'user 1003 not found', 1_500, failure('user 1003 not found'))
    expect(groups.data(1_000)).toMatchInlineSnapshot(`
      [
        {
          "count": 2,
          "first": {
            "kind": "status",
            "message": "user 1001 not found",
          },
          "firstAt": 100,
          "kind": "status",
          "lastAt": 900,
          "message": "user {} not found",
          "name": "chat",
        },
        {
          "count": 1,
          "first": {
            "kind": "status",
            "message": "user 1003 not found",
          },
          "firstAt": 500,
          "kind": "status",
          "lastAt": 500,
          "message": "user {} not found",
          "name": "stop",
        },
      ]
    `)
  })

  test('describing an error is left out for all but the first', () => {
    const groups = new ErrorGroups()
    let described = 0
    for (let time = 0; time < 5; time++) {
      groups.add('chat', 'reset', 'reset', 0, () => {
        described++
        return { kind: 'reset', message: 'reset' }
      })
    }
    expect(described).toBe(1)
  })

  test('beyond 200 kinds the rest is counted together, kind by kind', () => {
    const groups = new ErrorGroups()
    const words = Array.from({ length: 1_000 }, (_, at) => 'x'.repeat(at + 1).slice(0, 499) + at)
    for (const word of words) groups.add('chat', 'status', word, 0, failure(word))
    groups.add('chat', 'timeout', 'timed out', 0, failure('timed out'))
    const data = groups.data(0)
    expect(data).toHaveLength(202)
    expect(data.reduce((sum, { count }) => sum + count, 0)).toBe(1_001)
    const others = data.filter(({ name }) => name === '(others)')
    expect(others.map(({ kind, count }) => [kind, count])).toEqual([
      ['status', 800],
      ['timeout', 1],
    ])
  })
})
