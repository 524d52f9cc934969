import { describe, expect, test } from 'vitest'
import { mergeHistograms } from '../../src/stats/histogram.ts'
import { serve, type TestServer } from '../support/servers.ts'
import { generators } from '../support/shared-generators.ts'
import { generate, type SharedResult } from '../support/shared-generator.ts'
import type { SharedLoadName } from '../support/shared-loads.ts'

/** Notes every request that comes. */
async function noting(): Promise<{ readonly server: TestServer; readonly seen: string[] }> {
  const seen: string[] = []
  const server = await serve((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    request.resume()
    response.statusCode = request.url === '/broken' ? 500 : 200
    response.end('ok')
  })
  return { server, seen }
}

const runOf = ({ run, problem }: SharedResult) => {
  if (run === undefined) throw new Error(problem)
  return run
}

describe('one seed makes the same requests with one generator and with four', () => {
  test.each<SharedLoadName>([
    'so many iterations each',
    'kinds of users with unique rows',
    'random and ordered rows',
    'arrivals by chance',
    'arrivals with rows',
  ])('%s', { timeout: 60_000 }, async (load) => {
    const { server, seen } = await noting()
    await using _server = server
    const job = { load, seed: 42, baseUrl: server.url }
    const alone = runOf(await generate({ ...job, share: { index: 0, of: 1 } }))
    const once = seen.splice(0).toSorted()
    const four = await generators(4, job)
    const results = await Promise.all(four.map(({ result }) => result))
    expect(seen.toSorted()).toEqual(once)
    expect(once.length).toBeGreaterThan(20)
    for (const result of results) {
      const { count, failed, iterations } = runOf(result)
      const { ok } = iterations
      expect({ count, failed, ok }).toEqual({
        count: alone.count,
        failed: 0,
        ok: alone.iterations.ok,
      })
    }
  })
})

test(
  'every generator has the same run: bucket by bucket the sum of what each recorded',
  { timeout: 60_000 },
  async () => {
    const { server, seen } = await noting()
    await using _server = server
    const job = { load: 'so many iterations each', seed: 7, baseUrl: server.url } as const
    const results = await Promise.all((await generators(3, job)).map(({ result }) => result))
    const [first, ...others] = results.map(runOf)
    for (const other of others) expect(other).toEqual(first)
    const parts = results.map(({ part }) => part?.phases.find(({ name }) => name === 'steady'))
    for (const request of first?.requests ?? []) {
      const each = parts.map(
        (part) => part?.recording.operations.find(({ name }) => name === request.name)?.latency,
      )
      const sum = mergeHistograms(each.filter((one) => one !== undefined))
      expect(request.latency.histogram).toEqual(sum)
    }
    expect(first?.count).toBe(seen.length)
    expect(results.map(({ undelivered }) => undelivered)).toEqual([undefined, undefined, undefined])
    expect(first?.generators?.map(({ number, iterations }) => [number, iterations?.ok])).toEqual([
      [1, 15],
      [2, 15],
      [3, 10],
    ])
  },
)
