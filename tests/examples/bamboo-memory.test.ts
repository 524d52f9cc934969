import { describe, expect, test } from 'vitest'
import { exampleSuite, missedIn } from '../support/example-suite.ts'
import { freePort } from '../support/service-processes.ts'

const { run } = exampleSuite('bamboo', { port: 'BAMBOO_PORT' })

/** The tests of memory whose name has this in it, in a few seconds, beside a service that may leak. */
const memory = async (name: string, env: Readonly<Record<string, string>> = {}) =>
  run(['memory', '-t', name], {
    BAMBOO_WS_PORT: String(await freePort()),
    BAMBOO_MEMORY_TIME: '4s',
    ...env,
  })

describe('examples/bamboo, its memory', { timeout: 180_000 }, () => {
  test('of a service that does not leak: it stays within its limits', async () => {
    const all = await memory('memory')
    expect(all.code, all.output).toBe(0)
    expect(all.output).toContain('3 performance tests passed')
  })

  // In 4 s, 36 requests are enough: ten users make ten times as many.
  test.each(['memory under load', 'memory stability'])(
    'of one that leaks: %s shows how it grows',
    async (name) => {
      const leaky = await memory(name, { BAMBOO_LEAK: '3000000' })
      expect(leaky.code, leaky.output).toBe(1)
      expect(missedIn(leaky), leaky.output).toEqual(['memory growth of the service'])
    },
  )

  test('of one that leaks less than growth can tell: it is what each chat leaves', async () => {
    const leaky = await memory('a chat leaves nothing behind', { BAMBOO_LEAK: '3000' })
    expect(leaky.code, leaky.output).toBe(1)
    expect(leaky.output).toMatch(/retained memory per request of the service: [34]\.\d+ kB \[/)
  })
})
