import { describe, expect, test } from 'vitest'
import { resolveOptions } from '../../src/vitest/options.ts'
import { sourceOf } from '../../src/vitest/told.ts'
import { messageOf } from '../support/message-of.ts'

describe('PERF_TIMEOUT', () => {
  test.each([
    ['10s', undefined, 10_000],
    ['2500', undefined, 2_500],
    ['10s', '5s', 10_000],
    ['10s', { connect: '1s', total: '5s' }, { connect: '1s', total: 10_000 }],
    ['', '5s', '5s'],
  ] as const)('%j over %j is %j', (PERF_TIMEOUT, timeout, expected) => {
    expect(resolveOptions({ timeout }, { PERF_TIMEOUT }).config.timeout).toEqual(expected)
  })

  test('a mistake in it comes with the others', () => {
    const environment = { PERF_TIMEOUT: 'soon', PERF_SEED: 'x' }
    expect(messageOf(() => resolveOptions({ timeout: '5' as '5s' }, environment)))
      .toMatchInlineSnapshot(`
      "perf has 3 mistakes:
        - PERF_TIMEOUT must be milliseconds or a string like '250ms', '1.5s', '2m', got "soon"
        - perf.timeout must be milliseconds or a string like '250ms', '1.5s', '2m', got "5". Write the unit: '5ms', '5s', '5m', '5h'
        - PERF_SEED must be a whole number, got "x""
    `)
  })
})

describe('PERF_GENERATORS', () => {
  test.each([
    ['4', 4],
    ['auto', 'auto'],
    ['', undefined],
  ])('%j is %j', (PERF_GENERATORS, expected) => {
    expect(resolveOptions({}, { PERF_GENERATORS }).config.generators).toBe(expected)
  })

  test('must be a number of processes', () => {
    expect(messageOf(() => resolveOptions({}, { PERF_GENERATORS: 'all' }))).toMatchInlineSnapshot(
      `"PERF_GENERATORS must be 'auto' or a whole number from 1 to 256, got "all""`,
    )
  })
})

const environment = {
  PERF_SEED: '7',
  PERF_BASE_URL: 'https://user:canary@staging.example',
  PERF_TIMEOUT: '10s',
  PERF_WS_URL: '',
}
const { told } = resolveOptions({}, environment).config

test.each([
  [
    'a profile and all of it',
    'profile smoke',
    {},
    'profile smoke, PERF_SEED 7, PERF_BASE_URL https://[redacted]@staging.example, PERF_TIMEOUT 10 s',
  ],
  [
    'no profile',
    undefined,
    {},
    'PERF_SEED 7, PERF_BASE_URL https://[redacted]@staging.example, PERF_TIMEOUT 10 s',
  ],
  [
    'what the load states itself',
    undefined,
    { seed: 1, timeout: '1s' },
    'PERF_BASE_URL https://[redacted]@staging.example',
  ],
])('the source of a load: %s', (_what, profile, options, expected) => {
  expect(sourceOf(profile, told, options)).toBe(expected)
})

test('without any of it there is none', () => {
  expect(sourceOf(undefined, {}, {})).toBeUndefined()
})
