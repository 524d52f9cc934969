import { describe, expect, test } from 'vitest'
import { generatorCount, toGenerators } from '../../src/load/generators-option.ts'
import { planLoad } from '../../src/load/options.ts'
import { DEFAULT_TIMEOUTS } from '../../src/clients/timeouts.ts'
import { messageOf } from '../support/message-of.ts'

describe('how many processes generate a load', () => {
  test.each([
    // As many as it says, whatever there is to spare.
    [3, { cores: 2, serviceHere: true, most: 1 }, 3],
    [1, { cores: 64, serviceHere: false, most: 100 }, 1],
    // One for each core, less that of the service.
    ['auto', { cores: 8, serviceHere: false, most: 100 }, 8],
    ['auto', { cores: 8, serviceHere: true, most: 100 }, 7],
    // One at least, and never more than there are users.
    ['auto', { cores: 1, serviceHere: true, most: 100 }, 1],
    ['auto', { cores: 8, serviceHere: false, most: 3 }, 3],
  ] as const)('%s with %o is %i', (input, spare, expected) => {
    expect(generatorCount(input, spare)).toBe(expected)
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
