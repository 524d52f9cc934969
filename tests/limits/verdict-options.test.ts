import { expect, test } from 'vitest'
import { DEFAULT_VERDICT, toVerdictSettings } from '../../src/limits/verdict-options.ts'
import { messageOf } from '../support/message-of.ts'

test('what is not said stays as it was', () => {
  expect(toVerdictSettings(undefined, 'perf.verdict')).toBe(DEFAULT_VERDICT)
  const strict = toVerdictSettings({ onInconclusive: 'fail' }, 'perf.verdict')
  expect(strict).toEqual({ confidence: 0.95, onInconclusive: 'fail' })
  expect(toVerdictSettings({ confidence: '99%' }, 'options', strict)).toEqual({
    confidence: 0.99,
    stated: true,
    onInconclusive: 'fail',
  })
})

test.each([
  [0.95, 'perf.verdict must be an object like { confidence: 0.99 }, got 0.95'],
  [
    { confidence: 1 },
    "perf.verdict.confidence must be above 0.5 and below 1, like 0.95 or '99%', got 1",
  ],
  [
    { confidence: '50%' },
    'perf.verdict.confidence must be above 0.5 and below 1, like 0.95 or \'99%\', got "50%"',
  ],
  [
    { onInconclusive: 'wait' },
    "perf.verdict.onInconclusive must be 'warn', 'fail' or 'extend', got \"wait\"",
  ],
  [
    { confidance: 0.9 },
    'perf.verdict.confidance is not an option; known: "confidence", "onInconclusive"; did you mean "confidence"?',
  ],
])('%j is a mistake', (input, message) => {
  expect(messageOf(() => toVerdictSettings(input, 'perf.verdict'))).toBe(message)
})
