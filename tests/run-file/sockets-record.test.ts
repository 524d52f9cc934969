import { expect, test } from 'vitest'
import { fromRunRecord } from '../../src/run-file/run-record.ts'
import { toRunRecord } from '../../src/run-file/test-record.ts'
import { busySockets, recordedRun } from '../support/recorded.ts'

test('what sockets did comes back from the record', () => {
  const run = recordedRun([{}], { duration: 4_000, sockets: busySockets })
  const record = toRunRecord(run)
  expect(record.sockets).toMatchInlineSnapshot(`
    {
      "closed": {
        "1000": 2,
        "1006": 1,
      },
      "opened": 3,
      "received": {
        "bytes": 1200,
        "count": 12,
        "counts": [
          6,
          2,
          0,
          4,
        ],
        "width": 1000,
      },
      "recovered": 1,
      "sent": {
        "bytes": 60,
        "count": 6,
        "counts": [
          3,
          1,
          0,
          2,
        ],
        "width": 1000,
      },
    }
  `)
  expect(fromRunRecord(record).sockets).toEqual(run.sockets)
})

test('a long course is kept in at most 60 stretches that add up', () => {
  const run = recordedRun([{}], {
    duration: 150_000,
    sockets: ({ sent }) => {
      for (let second = 0; second < 150; second++) sent.add(1, second * 1_000)
    },
  })
  const { sent } = fromRunRecord(toRunRecord(run)).sockets
  expect(sent.timeline).toHaveLength(50)
  expect(sent.timeline[0]).toEqual({ at: 0, width: 3_000, count: 3 })
  expect(sent.timeline.reduce((sum, { count }) => sum + count, 0)).toBe(150)
})

test('without sockets the record has none, as those of older files', () => {
  const run = recordedRun([{}])
  const record = toRunRecord(run)
  expect(record).not.toHaveProperty('sockets')
  expect(fromRunRecord(record).sockets).toEqual(run.sockets)
})
