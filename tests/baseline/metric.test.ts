import { expect, test } from 'vitest'
import { toMetric } from '../../src/baseline/metric.ts'
import { messageOf } from '../support/message-of.ts'

test.each([
  ['p95', { of: 'latency', figure: 'p95' }],
  ['mean', { of: 'latency', figure: 'mean' }],
  ['ttft.p999', { of: 'ttft', figure: 'p999' }],
  ['throughput', { of: undefined }],
  ['tokensPerSecond', { of: undefined }],
])('%s', (name, expected) => expect(toMetric(name, 'metrics[0]')).toEqual({ name, ...expected }))

test.each(['p59', 'ttft.p59', 'errorRate', 95])('refused: %s', (input) => {
  expect(messageOf(() => toMetric(input, 'metrics[0]'))).toMatchSnapshot()
})
