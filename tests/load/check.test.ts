import { describe, expect, test } from 'vitest'
import { createCheck } from '../../src/load/check.ts'
import type { Scenario } from '../../src/load/iteration.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { Checks } from '../../src/metrics/checks.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { sendJson, serve } from '../support/servers.ts'

const fails = (message: string) => (): boolean => {
  throw new Error(message)
}

describe('check', () => {
  test('gives whether it held, and never throws', async () => {
    const checks = new Checks()
    const check = createCheck(() => checks)
    expect([
      check('a value', true),
      check('a value', false),
      check('a function', () => true),
      check('a function', fails('expected 1 to be 2\n\n- 2\n+ 1')),
      await check('a promise', async () => false),
      await check('a promise', () => Promise.reject(new Error('it was late'))),
    ]).toEqual([true, false, true, false, false, false])
    expect(checks.data()).toMatchObject([
      { name: 'a value', passed: 1, failed: 1 },
      { name: 'a function', passed: 1, failed: 1, first: 'expected 1 to be 2' },
      { name: 'a promise', passed: 0, failed: 2, first: 'it was late' },
    ])
    expect(checks.data()[0]).not.toHaveProperty('first')
  })

  test('secrets in a message are taken out', () => {
    const checks = new Checks()
    createCheck(() => checks)('a token', fails('expected {"token":"canary"} to be undefined'))
    expect(checks.data()[0]?.first).toBe('expected {"token":"[redacted]"} to be undefined')
  })

  test.each([
    ['an answer without the field', '{}'],
    ['a field', '{ "found": "an-id" }'],
    ['a count', '{ "found": 0 }'],
  ])('%s is neither true nor false, whatever its type says', (_what, text) => {
    const check = createCheck(() => new Checks())
    const { found } = JSON.parse(text) as { found: boolean }
    expect(() => check('has an id', () => found)).toThrow(
      /^check\("has an id", …\) must be true or false.*compare it/,
    )
  })
})

test('under a load checks are counted over all users, and fail nothing by themselves', async () => {
  await using server = await serve((_request, response) => sendJson(response, { id: 7 }))
  const scenario: Scenario = async ({ http, check, iteration }) => {
    const answer = await http.get('/item')
    check('has an id', () => answer.json<{ id?: number }>().id !== undefined)
    check('is the first', iteration === 0)
  }
  const environment = loadEnvironment({ baseUrl: server.url })
  const run = await runLoad({ users: 2, iterations: 10 }, scenario, environment)
  expect(run).toMatchObject({ ok: 10, failed: 0, iterations: { ok: 10 } })
  expect(run.check('has an id')).toMatchObject({ passed: 10, rate: 1 })
  expect(run.check('is the first')).toMatchObject({ passed: 2, failed: 8, rate: 0.2 })
  expect(() => run.check('has a id')).toThrowErrorMatchingInlineSnapshot(
    `[UsageError: run.check("has a id") did not occur in this run; known: "has an id", "is the first"; did you mean "has an id"?]`,
  )
})
