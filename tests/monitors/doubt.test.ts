import { expect, test } from 'vitest'
import { Doubt } from '../../src/monitors/doubt.ts'

/** The memory that counts of samples of so many processes each, before and after the last one. */
function counted(processes: readonly number[]): {
  readonly seen: (number | undefined)[]
  readonly rest: (number | undefined)[]
} {
  const doubt = new Doubt()
  const seen = processes.flatMap((count, at) =>
    doubt.take({ at, rss: count * 100 + at, cpu: undefined, span: 0, processes: count }),
  )
  return { seen: seen.map(({ rss }) => rss), rest: doubt.rest().map(({ rss }) => rss) }
}

test.each([
  [[2, 2, 2], [200, 201, 202], [], 'a service under its shell'],
  [[2, 3, 3], [200, 301, 302], [], 'a worker comes'],
  [[2, 2, 1], [200, 201], [102], 'the service has ended, its shell not yet'],
  [[3, 2, 2], [300, 201, 202], [], 'a worker goes, and the rest goes on'],
  [[3, 2, 1], [300, 201], [102], 'one after the other'],
])('of %j processes %j count at once, %j only if it goes on: %s', (processes, seen, rest) => {
  expect(counted(processes)).toEqual({ seen, rest })
})
