import { describe, expect, test } from 'vitest'
import { serveLocal } from '../../src/cluster/local-server.ts'
import { controlPath } from '../../src/vitest/control-server.ts'
import { serve, type TestServer } from '../support/servers.ts'
import { generators } from '../support/shared-generators.ts'
import { generate, type SharedOrder, type SharedResult } from '../support/shared-generator.ts'

const timeout = 60_000

/** A service that says when it was first asked. */
async function service(status = 200): Promise<{ server: TestServer; asked: Promise<unknown> }> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const server = await serve((_request, response) => {
    resolve()
    response.statusCode = status
    response.end()
  })
  return { server, asked: promise }
}

/** Generators in this very process: each has a connection of its own to where they meet. */
async function here(
  of: number,
  job: Omit<SharedOrder, 'path' | 'share'>,
  each: (index: number) => Partial<SharedOrder> | undefined,
): Promise<readonly SharedResult[]> {
  const path = controlPath()
  const server = await serveLocal(path)
  const all = Array.from({ length: of }, (_, index) => ({ index, given: each(index) }))
  const results = await Promise.all(
    all.flatMap(({ index, given }) =>
      given === undefined ? [] : [generate({ ...job, path, share: { index, of }, ...given })],
    ),
  )
  await server.close()
  return results.flat()
}

const job = { loads: ['half a minute'], seed: 1, gather: 20_000 } as const

describe('an end that one generator finds is that of all', () => {
  test('its test is given up', { timeout }, async () => {
    const { server } = await service()
    await using _server = server
    const results = await here(3, { ...job, baseUrl: server.url }, (index) =>
      index === 2 ? { interrupt: 2_000 } : {},
    )
    for (const { run } of results) {
      expect(run).toMatchObject({ ending: 'interrupted' })
      expect(run?.elapsed).toBeLessThan(29_000)
      expect(run).toEqual(results[0]?.run)
    }
  })

  test('too much fails, in processes of their own', { timeout }, async () => {
    const { server } = await service(500)
    await using _server = server
    const broken = { ...job, loads: ['a service that breaks'], baseUrl: server.url } as const
    await using group = await generators(2, broken)
    for (const results of await Promise.all(group.all.map((each) => each.results))) {
      const [result] = results
      expect(result?.run?.ending).toBe('aborted')
      expect(result?.run?.reason).toMatch(/^generator [12] of 2: /)
    }
  })
})

describe('a generator that is lost is named', () => {
  test('in mid-run: the others end, and what they have is not delivered', { timeout }, async () => {
    const { server, asked } = await service()
    await using _server = server
    await using group = await generators(3, { ...job, baseUrl: server.url })
    await asked
    group.all[1]?.kill()
    const [first, , third] = await Promise.all(group.all.map((each) => each.results))
    for (const result of [first?.[0], third?.[0]]) {
      expect(result?.run).toMatchObject({
        ending: 'interrupted',
        reason: expect.stringContaining('generator 2 of 3 is lost: '),
      })
      expect(result?.run?.generators?.map(({ lost }) => lost !== undefined)).toEqual([
        false,
        true,
        false,
      ])
      expect(result?.undelivered).toMatch(
        /^the load was not delivered: generator 2 of 3: .*\. What it sent is in no figure$/,
      )
    }
  })

  test('the one that merges: each other has its own part, and names it', { timeout }, async () => {
    const { server, asked } = await service()
    await using _server = server
    await using group = await generators(2, { ...job, baseUrl: server.url })
    await asked
    group.all[0]?.kill()
    const [, second] = await Promise.all(group.all.map((each) => each.results))
    expect(second?.[0]?.undelivered).toMatch(/generator 1 of 2: generator 1, which was to merge/)
  })

  test('it never comes', { timeout }, async () => {
    const { server } = await service()
    await using _server = server
    const results = await here(3, { ...job, baseUrl: server.url, gather: 1_000 }, (index) =>
      index === 2 ? undefined : {},
    )
    for (const { problem } of results) expect(problem).toContain('generator 3 of 3 did not come')
    expect(server.accepted).toBeLessThanOrEqual(2)
  })
})

describe('a generator that differs is told what is not the same', () => {
  test.each<[string, Partial<SharedOrder>, string]>([
    ['another number of users', { options: { users: 5 } }, 'users: '],
    ['another load', { loads: ['shared iterations'] }, 'scenario: '],
    ['another seed in its options', { options: { seed: 9 } }, 'seed: '],
    ['another version', { facts: { version: '2' } }, 'version: '],
  ])('%s', { timeout }, async (_, other, said) => {
    const { server } = await service()
    await using _server = server
    const facts = { version: '1' }
    const results = await here(2, { ...job, facts, baseUrl: server.url }, (index) =>
      index === 1 ? other : {},
    )
    const problems = results.map(({ problem }) => problem)
    for (const problem of problems) {
      expect(problem).toMatch(/generator [12] of 2 runs another load than generator [12] of 2/)
      expect(problem).toContain(said)
    }
  })

  test('a seed that nobody asked for is that of whoever comes first', { timeout }, async () => {
    const { server } = await service()
    await using _server = server
    const job2 = { ...job, loads: ['shared iterations'], baseUrl: server.url } as const
    const results = await here(2, job2, (index) => ({ seed: 100 + index }))
    const [one, two] = results.map(({ run }) => run?.seed)
    expect([100, 101]).toContain(one)
    expect(two).toBe(one)
    expect(results[0]?.run?.iterations.ok).toBe(50)
  })
})

test('what cannot be shared out is refused before any traffic', { timeout }, async () => {
  const { server } = await service()
  await using _server = server
  const problems = await Promise.all(
    [
      { users: 1 },
      { warmUp: 'auto' as const },
      { verdict: { onInconclusive: 'extend' as const }, limits: { p95: '1s' as const } },
    ].map(async (options) => {
      const results = await here(2, { ...job, baseUrl: server.url }, () => ({ options }))
      return results[0]?.problem
    }),
  )
  expect(problems).toMatchInlineSnapshot(`
    [
      "load.users is 1, and each of 2 generators needs one user at least: set users: 2 or more, or use fewer generators",
      "load.warmUp 'auto' looks at the latencies of one generator, and this run has 2 generators: run it with one",
      "load.verdict.onInconclusive 'extend' looks at the figures of one generator, and this run has 2 generators: run it with one",
    ]
  `)
  expect(server.accepted).toBe(0)
})
