import { expect, test } from 'vitest'
import { perfMatchers } from '../../src/matchers.ts'
import { measureRetained } from '../../src/monitors/retained.ts'
import type { RetainedSummary } from '../../src/monitors/retained.ts'
import { requestOften, startOnFreePort } from '../support/start-on-free-port.ts'
import { scriptCommand } from '../support/service-processes.ts'

expect.extend(perfMatchers)

/** The service of `tests/support/service-leaks.ts`, that holds on to so many bytes of each request. */
const SERVERS = {
  'no leak, little garbage': { leak: 0, churn: 'low' },
  'no leak, much garbage': { leak: 0, churn: 'high' },
  'a leak of 200 B': { leak: 200, churn: 'low' },
  'a leak of 2 KB': { leak: 2_048, churn: 'low' },
  'a leak of 200 B among much garbage': { leak: 200, churn: 'high' },
} as const
type Name = keyof typeof SERVERS

const NAMES = Object.keys(SERVERS) as Name[]

async function measure(name: Name): Promise<RetainedSummary> {
  const { leak, churn } = SERVERS[name]
  await using service = await startOnFreePort({
    command: scriptCommand('service-leaks.ts'),
    inspect: true,
    env: { LEAK: String(leak), CHURN: churn },
  })
  const round = (): Promise<number> => requestOften(String(service.url), 300)
  return await measureRetained({}, round, () => service.held())
}

// 18,000 requests and sixty collections: ten seconds where nobody else is at work.
test('five servers are ranked by what each request leaves', { timeout: 240_000 }, async () => {
  const found = new Map<Name, RetainedSummary>()
  for (const name of NAMES) found.set(name, await measure(name))
  const retained = (name: Name): RetainedSummary => found.get(name) as RetainedSummary
  const said = JSON.stringify(Object.fromEntries(found))

  const ranked = NAMES.toSorted(
    (left, right) => retained(right).perRequest - retained(left).perRequest,
  )
  const leaks = ranked.map((name) => SERVERS[name].leak)
  expect(leaks, said).toEqual([2_048, 200, 200, 0, 0])
  for (const name of NAMES) {
    const { leak } = SERVERS[name]
    if (leak === 0) {
      expect(retained(name), said).toHaveRetainedBelow('64B', { onInconclusive: 'fail' })
      continue
    }
    expect(retained(name), said).not.toHaveRetainedBelow('64B', { onInconclusive: 'fail' })
    expect(retained(name).perRequest, said).toBeGreaterThan(leak * 0.75)
    expect(retained(name).perRequest, said).toBeLessThan(leak * 1.25)
  }
})
