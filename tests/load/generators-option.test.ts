import { describe, expect, test } from 'vitest'
import { generatorCount, toGenerators } from '../../src/load/generators-option.ts'
import { planLoad, type LoadPlan } from '../../src/load/options.ts'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import { messageOf } from '../support/message-of.ts'

describe('how many processes generate a load', () => {
  const users = (more: object): LoadPlan =>
    planLoad({ users: 100, duration: '1s', ...more }, DEFAULT_TIMEOUTS)
  const spare = { cores: 8, serviceHere: false }

  test.each([
    // One, unless somebody says something.
    [{}, undefined, 1],
    [{ generators: 3 }, undefined, 3],
    // The environment says it for all, but for one that wants to be alone.
    [{}, 4, 4],
    [{ generators: 3 }, 4, 4],
    [{ generators: 1 }, 4, 1],
    [{ generators: 3 }, 1, 1],
    // One for each core.
    [{ generators: 'auto' }, undefined, 8],
    [{}, 'auto', 8],
  ] as const)('%o and PERF_GENERATORS=%s: %i', (options, everywhere, count) => {
    expect(generatorCount(users(options), everywhere, spare)).toEqual({ count })
  })

  test('a service that was started on this machine needs a core, too', () => {
    const plan = users({ generators: 'auto' })
    expect(generatorCount(plan, undefined, { cores: 8, serviceHere: true }).count).toBe(7)
    expect(generatorCount(plan, undefined, { cores: 1, serviceHere: true }).count).toBe(1)
  })

  test.each([
    [{ users: 3 }, 'users is 3, fewer than 4 generators'],
    [{ warmUp: 'auto' }, "load.warmUp 'auto' looks at the latencies of one generator"],
  ])('%o is left with one where several are wanted of every load', (options, note) => {
    expect(generatorCount(users(options), 4, spare)).toEqual({ count: 1, note })
    // What it says itself is refused later, and not made less.
    expect(generatorCount(users({ ...options, generators: 4 }), undefined, spare).count).toBe(4)
  })

  test.each([0, 1.5, 257, '4', -1, null])('%j is refused', (input) => {
    expect(() => toGenerators(input, 'load.generators')).toThrow(
      "load.generators must be 'auto' or a whole number from 1 to 256",
    )
  })

  test('a mistake in it comes with the others', () => {
    const options = { users: 0, duration: '1s', generators: 'all' }
    expect(messageOf(() => planLoad(options, DEFAULT_TIMEOUTS))).toMatchInlineSnapshot(`
      "load has 2 mistakes:
        - load.users must be a whole number of at least 1, got 0
        - load.generators must be 'auto' or a whole number from 1 to 256, got "all""
    `)
  })
})
