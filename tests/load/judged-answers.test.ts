import { expect, test } from 'vitest'
import type { Answer } from '../../src/clients/answer.ts'
import type { Scenario } from '../../src/load/iteration.ts'
import type { LoadRun } from '../../src/load/load-run.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { bambooSession, loadEnvironment } from '../support/load-environment.ts'
import { sendJson, serve } from '../support/servers.ts'

/** Ten iterations of two users on a service that answers every call with a status. */
async function loadOn(status: number, scenario: Scenario): Promise<LoadRun> {
  await using server = await serve((_request, response) =>
    sendJson(response, { session_id: 's' }, status),
  )
  const environment = loadEnvironment({ baseUrl: server.url, session: bambooSession })
  return await runLoad({ users: 2, iterations: 10 }, scenario, environment)
}

test('an expected status is no failure', async () => {
  const run = await loadOn(401, ({ http }) => http.get('/me', { expect: [401] }))
  expect(run).toMatchObject({ ok: 10, failed: 0, iterations: { ok: 10 }, errors: [] })
})

test("with expect: 'any' the scenario judges, and an answer called wrong ends its iteration", async () => {
  const run = await loadOn(404, async ({ http, iteration }) => {
    const answer = await http.get('/item', { expect: 'any' })
    if (iteration % 2 === 1) answer.fail('gone')
  })
  const half = run.failed
  expect(half).toBeGreaterThan(0)
  expect(run).toMatchObject({ ok: 10 - half, iterations: { ok: 10 - half, failed: half } })
  expect(run.request('GET /item').outcomes).toEqual({ ok: 10 - half, assertion: half })
  expect(run.errors).toMatchObject([{ kind: 'assertion', count: half }])
})

test('an answer called wrong and then right is in no error, and neither is its iteration', async () => {
  const run = await loadOn(404, async ({ http }) => {
    const answer = await http.get('/item', { expect: 'any' })
    try {
      answer.fail('gone')
    } catch {
      answer.succeed()
    }
  })
  expect(run).toMatchObject({ ok: 10, failed: 0, iterations: { ok: 10 }, errors: [] })
  expect(run.latency.count).toBe(10)
})

test('an answer of session.chat is the whole operation: calling it wrong fails the run', async () => {
  const run = await loadOn(200, async ({ session }) => {
    const answer = await session.chat('hello')
    answer.fail('no reply in it')
  })
  expect(run.request('chat').outcomes).toEqual({ assertion: 10 })
  expect(run.request('chat').parts[0]?.outcomes).toEqual({ assertion: 10 })
  expect(run.failed).toBe(10)
})

test('an answer is judged in the iteration that got it', async () => {
  const load = loadOn(200, async ({ http, state }) => {
    const before = state.before as Answer | undefined
    before?.succeed()
    state.before = await http.get('/item')
  })
  await expect(load).rejects.toThrowErrorMatchingInlineSnapshot(
    `[UsageError: answer.succeed() was called after the iteration that got the answer had ended: judge an answer in the iteration that asked for it, and await what comes before]`,
  )
})
