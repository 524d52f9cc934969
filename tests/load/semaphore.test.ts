import { expect, test } from 'vitest'
import { semaphore } from '../../src/load/semaphore.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('never runs more than its limit, and runs everything', async () => {
  const limit = semaphore(3)
  const seen: number[] = []
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      limit(async () => {
        seen.push(limit.running)
        await turn()
        return index
      }),
    ),
  )
  expect(Math.max(...seen)).toBe(3)
  expect(results).toEqual(Array.from({ length: 20 }, (_, index) => index))
  expect([limit.running, limit.waiting]).toEqual([0, 0])
})

test('a failure gives its place back', async () => {
  const limit = semaphore(1)
  await expect(limit(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(limit(() => 'yes')).resolves.toBe('yes')
})

test.each([0, -1, 1.5, Number.NaN])('%d is no limit', (limit) => {
  expect(() => semaphore(limit)).toThrow('semaphore(limit) must be a whole number of at least 1')
})
