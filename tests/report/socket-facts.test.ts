import { expect, test } from 'vitest'
import { socketsOf } from '../../src/report/socket-facts.ts'
import { busySockets, recordedRun } from '../support/recorded.ts'

test('sockets are summed up in a line, when there were any', () => {
  const busy = recordedRun([{}], { duration: 4_000, sockets: busySockets })
  expect(socketsOf(busy)).toBe(
    '3 opened (1 again) · closed 2× 1000, 1× 1006 · 3/s (1.2 kB) in, 1.5/s (60 B) out',
  )
  expect(socketsOf(recordedRun([{}]))).toBeUndefined()
  const quiet = recordedRun([{}], {
    sockets: (sockets) => {
      sockets.opened = 1_200
    },
  })
  expect(socketsOf(quiet)).toBe('1,200 opened · none in, none out')
})
