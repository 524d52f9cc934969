import { afterAll, beforeAll, expect, test } from 'vitest'
import { runLoad } from '../../src/load/run-load.ts'
import { booksProcess, TOKEN, type BooksProcess } from '../examples/book-workflow.ts'
import { loadEnvironment } from '../support/load-environment.ts'
import { SDKS, tellAll, type Sdk } from './sdks.ts'

/** A process of its own: the loop of the clients is not to make the service late. */
let service: BooksProcess
beforeAll(async () => {
  const pace = { BOOK_FIRST_TOKEN: '20', BOOK_TOKEN_GAP: '2', BOOK_TOKENS: '3', BOOK_JITTER: '0' }
  service = await booksProcess(pace)
})
afterAll(() => service.stop())

/**
 * Both clients ask in turn, by each of the users, so that whatever a busy machine does to one it does
 * to the other. A load gives the median of each and so one difference; of these again the median
 * counts, for a stall may fall on one of the two. Rounds are added while it is out of bounds: what
 * is chance goes away with them, a real difference does not.
 */
const ROUNDS = { least: 5, most: 40 }
const WITHIN = 2

test.each(SDKS)(
  `the TTFT of $name is that of http.stream, within ${WITHIN} ms`,
  { timeout: 120_000 },
  async (sdk) => {
    const differences: number[] = []
    const enough = (): boolean =>
      differences.length >= ROUNDS.least && Math.abs(median(differences)) <= WITHIN
    while (!enough() && differences.length < ROUNDS.most) differences.push(await differenceOf(sdk))
    expect(Math.abs(median(differences)), differences.join(', ')).toBeLessThanOrEqual(WITHIN)
  },
)

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN

/** By how much the median TTFT of 30 streams of the SDK is above that of 30 of our own client. */
async function differenceOf(sdk: Sdk): Promise<number> {
  const run = await runLoad(
    { users: 2, iterations: 30 },
    async ({ http, fetch, state, user, iteration }) => {
      const own = http.extend({ bearer: TOKEN })
      state.client ??= sdk.connect(service.url, fetch)
      const bySdk = state.client as ReturnType<Sdk['connect']>
      const byUs = () => own.stream(sdk.path, { json: sdk.question, name: 'own' })
      // While one user asks by one client, the other asks by the other one.
      const sdkFirst = (user + iteration) % 2 === 0
      if (sdkFirst) await tellAll(bySdk())
      await byUs()
      if (!sdkFirst) await tellAll(bySdk())
    },
    loadEnvironment({ baseUrl: service.url }),
  )
  const [theirs, ours] = [run.request(`POST ${sdk.path}`), run.request('own')]
  expect([theirs.ok, ours.ok, run.failed]).toEqual([30, 30, 0])
  expect([theirs.ttft.count, ours.ttft.count]).toEqual([30, 30])
  return (theirs.ttft.p50 ?? NaN) - (ours.ttft.p50 ?? NaN)
}
