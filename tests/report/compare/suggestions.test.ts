import { describe, expect, test } from 'vitest'
import type { RunData } from '../../../src/load/load-run.ts'
import { compared, sideFile, slowed, type Side } from '../../support/compared-runs.ts'
import { cpu, generator, memory } from '../../support/recorded.ts'
import type { Endpoint } from '../../support/run-file-samples.ts'

const SERVICE: readonly Endpoint[] = [
  { name: 'GET /a', perSecond: 40, p50: 20, spread: 0.3 },
  { name: 'GET /b', perSecond: 40, p50: 50, spread: 0.3 },
  { name: 'chat', perSecond: 40, p50: 400, spread: 0.3, firstToken: 0.2 },
]
const side = (over: Partial<Side> = {}): Side => ({
  endpoints: SERVICE,
  seed: 1,
  seconds: 20,
  ...over,
})
const before = sideFile(side())
const found = (head: Partial<Side>, base: ReturnType<typeof sideFile> = before) =>
  compared([base, side({ seed: 2, ...head })]).suggestions.map(
    ({ rule, evidence }) => `${rule}: ${evidence}`,
  )

const watched = (over: { readonly mean?: number; readonly growth?: number }): Partial<RunData> => ({
  cpu: cpu({ samples: 40, mean: over.mean ?? 0.5, peak: 1 }),
  memory: memory({ samples: 40, growth: over.growth ?? 0, peak: 1e8, end: 1e8 }),
})

test('nothing is said of two runs of the same', () => {
  expect(found({})).toEqual([])
})

test('nothing is said of what is not comparable', () => {
  const slow = slowed(SERVICE, 'GET /a', { p50: 60 })
  const machine = { platform: 'linux', arch: 'arm64', cpus: 2 }
  expect(found({ endpoints: slow, file: { machine } })).toEqual([])
})

describe('times', () => {
  test('slower-throughout: the median of one endpoint', () => {
    expect(found({ endpoints: slowed(SERVICE, 'GET /a', { p50: 40 }) })).toEqual([
      expect.stringMatching(
        /^slower-throughout: GET \/a is slower throughout: p50 \+\d+ %, p95 \+\d+ %$/,
      ),
    ])
  })

  test('slower-tail: its p95 alone', () => {
    const tail = slowed(SERVICE, 'GET /a', { spread: 1 })
    expect(found({ endpoints: tail })).toContainEqual(
      expect.stringMatching(/^slower-tail: GET \/a is slower in its tail alone/),
    )
  })

  test('slower-everywhere: most endpoints, and then none by itself', () => {
    const slow = SERVICE.map((endpoint) => ({ ...endpoint, p50: endpoint.p50 * 2 }))
    const rules = found({ endpoints: slow })
    expect(rules).toContainEqual(expect.stringMatching(/^slower-everywhere: 3 of 3 endpoints/))
    expect(rules.filter((rule) => rule.startsWith('slower-throughout'))).toEqual([])
  })

  test('later-first-token', () => {
    expect(found({ endpoints: slowed(SERVICE, 'chat', { firstToken: 0.5 }) })).toEqual([
      expect.stringMatching(/^later-first-token: chat gives its first token later: TTFT p95 \+/),
    ])
  })
})

describe('failures', () => {
  const failing = (fails: Endpoint['fails'], more: Partial<Endpoint> = {}): Partial<Side> => ({
    endpoints: slowed(SERVICE, 'GET /b', { ...more, ...(fails && { fails }) }),
  })

  test.each([
    ['status', 503, 'the service gives up'],
    ['status', 429, 'a rate limit'],
    ['status', 404, 'the requests themselves'],
    ['timeout', undefined, 'answers that never came in time'],
    ['refused', undefined, 'closes connections'],
    ['truncated', undefined, 'streams that ended early'],
    ['assertion', undefined, 'what the error says'],
  ] as const)('more-failures: of kind %s %s', (kind, status, cause) => {
    const message = `GET /b failed`
    const fails = { every: 5, kind, message, ...(status !== undefined && { status }) }
    const { suggestions } = compared([before, side({ seed: 2, ...failing(fails) })])
    expect(suggestions[0]).toMatchObject({
      rule: 'more-failures',
      evidence: expect.stringMatching(
        /^GET \/b: 0 % failed, then 20 %; 160× \S+ GET \/b, which is new$/,
      ) as string,
      cause: expect.stringContaining(cause) as string,
    })
  })

  test('faster-by-failing: what is left has less to do', () => {
    const fails = { every: 3, kind: 'status', status: 503, message: 'GET /b answered 503' } as const
    expect(found(failing(fails, { p50: 20 }))).toContainEqual(
      expect.stringMatching(/^faster-by-failing: GET \/b is faster \(p95 −\d+ %\) and fails more/),
    )
  })
})

describe('the service', () => {
  const slow = slowed(SERVICE, 'GET /a', { p50: 40 })
  const base = sideFile(side({ with: watched({}) }))

  test('more-cpu: each request costs more', () => {
    expect(found({ with: watched({ mean: 0.9 }) }, base)).toEqual([
      'more-cpu: the service used 7.5 ms of CPU per request, it was 4.17 ms (+80 %)',
    ])
  })

  test('waits-more: slower with as much CPU', () => {
    expect(found({ endpoints: slow, with: watched({ mean: 0.52 }) }, base)).toContainEqual(
      'waits-more: slower, with as much CPU per request as before: 4.33 ms (+4 %)',
    )
  })

  test('grows-more', () => {
    expect(found({ with: watched({ growth: 90e6 }) }, base)).toEqual([
      'grows-more: the service grew by 90 MB, it was 0 B',
    ])
  })

  test('generator-saturated: in the last run alone', () => {
    const calm = sideFile(side({ with: { generator: generator() } }))
    const busy = generator({ saturated: true, reasons: ['event loop busy 97 %'] })
    expect(found({ with: { generator: busy } }, calm)).toEqual([
      'generator-saturated: the generator of the last run was saturated: event loop busy 97 %',
    ])
  })
})
