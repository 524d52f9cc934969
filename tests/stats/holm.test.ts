import { expect, test } from 'vitest'
import { holm } from '../../src/stats/holm.ts'

// As p.adjust(p, 'holm') of R has it.
test.each([
  ['the smallest counts for all, the largest for itself', [0.01, 0.02, 0.03], [0.03, 0.04, 0.04]],
  ['they come back in their own order', [0.04, 0.01, 0.03], [0.06, 0.03, 0.06]],
  ['none is more than 1', [0.5, 0.9], [1, 1]],
  ['one alone stays as it is', [0.03], [0.03]],
  ['none has none', [], []],
])('%s', (_, given, expected) => {
  const adjusted = holm(given)
  expect(adjusted).toHaveLength(expected.length)
  for (const [at, p] of expected.entries()) expect(adjusted[at]).toBeCloseTo(p, 12)
})
