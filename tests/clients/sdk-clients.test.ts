import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { RunningBooks } from '../../examples/book-workflow/service/start.ts'
import { runLoad } from '../../src/load/run-load.ts'
import { quickBooks } from '../examples/book-workflow.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { SDKS, tellAll, type Sdk } from './sdks.ts'
import { createUser, type User } from './user.ts'

let service: RunningBooks
beforeAll(async () => {
  service = await quickBooks({ firstToken: 20, tokenGap: 2, tokens: 8 })
})
afterAll(() => service.close())

const namesOf = ({ path }: Sdk): string => `POST ${path}`

/** What is recorded of a stream, whether the client takes it for whole or not. */
async function recordedOf(user: User, sdk: Sdk, headers: Record<string, string>) {
  await tellAll(sdk.connect(service.url, user.fetch, headers)()).catch(() => {})
  await expect.poll(() => user.caller.inFlight.size).toBe(0)
  return user.outcomes()[namesOf(sdk)]
}

describe.each(SDKS)('$name on the recorded fetch', (sdk) => {
  test('streams, with the times of its tokens', async () => {
    await using user = createUser(service.url)
    const said = await tellAll(sdk.connect(service.url, user.fetch)())
    expect(said.join('').split(' ')).toHaveLength(8)
    const [request] = user.summary().requests
    expect(request).toMatchObject({ name: namesOf(sdk), ok: 1, ttft: { count: 1 } })
    expect(request?.ttft.min).toBeGreaterThan(15)
    expect(request?.ttct.min).toBeGreaterThanOrEqual(request?.ttft.min ?? Infinity)
    expect(request?.tokens?.count).toBe(8)
  })

  test.each([
    ['x-book-fail', '503', 'status'],
    ['x-book-cut', '3', 'truncated'],
    ['x-book-tidy', '3', 'truncated'],
    ['x-book-error', '3', 'streamError'],
    ['x-book-empty', '1', 'empty'],
  ])('%s is recorded as such, whatever the client says', async (header, value, outcome) => {
    await using user = createUser(service.url)
    expect(await recordedOf(user, sdk, { [header]: value })).toEqual({ [outcome]: 1 })
  })

  test('may leave a stream early', async () => {
    await using user = createUser(service.url)
    const client = sdk.connect(service.url, user.fetch, { 'x-book-tokens': '500' })
    for await (const token of client()) if (token !== '') break
    await expect.poll(() => user.outcomes()).toEqual({ [namesOf(sdk)]: { aborted: 1 } })
  })

  test('cut off by the end of a load: each once, and nothing is left unhandled', async () => {
    const unhandled = vi.fn()
    process.on('unhandledRejection', unhandled)
    const run = await runLoad(
      { users: 10, duration: 150, gracefulStop: 10 },
      ({ fetch }) => tellAll(sdk.connect(service.url, fetch, { 'x-book-tokens': '500' })()),
      loadEnvironment({ baseUrl: service.url }),
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    process.off('unhandledRejection', unhandled)
    expect(run.request(namesOf(sdk))).toMatchObject({ failed: 0 })
    expect(run.request(namesOf(sdk)).aborted).toBeGreaterThan(0)
    expect(run.errors).toEqual([])
    expect(unhandled).not.toHaveBeenCalled()
  })
})
