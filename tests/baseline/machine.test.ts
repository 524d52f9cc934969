import { expect, test } from 'vitest'
import { elsewhere, fingerprintOf } from '../../src/baseline/machine.ts'

const machine = { platform: 'linux', arch: 'x64', cores: 4, node: '24.21.0' }

test.each([
  ['AMD EPYC 7763 64-Core Processor', 'linux x64, AMD EPYC 7763 × 4, Node 24'],
  [
    'Intel(R) Xeon(R) Platinum 8370C CPU @ 2.80GHz',
    'linux x64, Intel Xeon Platinum 8370C × 4, Node 24',
  ],
  ['Apple M3 Pro', 'linux x64, Apple M3 Pro × 4, Node 24'],
  [undefined, 'linux x64, unknown processor × 4, Node 24'],
])('%s', (cpu, expected) => expect(fingerprintOf({ ...machine, cpu })).toBe(expected))

test('a name for the kind of machine stands in place of its processor', () => {
  const facts = { ...machine, cpu: 'Apple M3 Pro', named: 'ci-large' }
  expect(fingerprintOf(facts)).toBe('linux x64, ci-large, Node 24')
})

test.each([
  ['http://127.0.0.1:8080', undefined],
  ['http://localhost:8080', undefined],
  ['http://[::1]:8080/v1', undefined],
  [undefined, undefined],
  ['https://staging.example.com/api', 'staging.example.com'],
])('a service at %s is elsewhere: %s', (url, host) => {
  expect(elsewhere(url)).toBe(host)
  if (host === undefined) return
  const facts = { ...machine, cpu: 'M3', service: host }
  expect(fingerprintOf(facts)).toBe(`linux x64, M3 × 4, Node 24, service at ${host}`)
})
