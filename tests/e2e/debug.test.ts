import { expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { vitestProject } from '../support/vitest-project.ts'

const SUITE = `
import { expect, test } from 'vitest-perf'

test('a login', async ({ http }) => {
  await http.post('/login?token=canary-1', { json: { password: 'canary-2' }, name: 'login' })
})
test('a load', async ({ load }) => {
  const run = await load({ users: 2, iterations: 20 }, ({ http, user, iteration }) =>
    http.get('/', { headers: { authorization: 'Bearer canary-3' }, query: { user, iteration } }))
  expect(run).toHaveSuccessRateAbove('100%')
})
`

test('PERF_DEBUG=1 shows the first exchanges of the first user, without secrets', async () => {
  const { options } = await withService()
  await using project = await vitestProject('debug', {
    'vitest.config.ts': config(options),
    'service.mjs': SERVICE,
    'a.perf.ts': SUITE,
  })
  const { code, output } = await project.run([], { env: { PERF_DEBUG: '1' } })
  expect(code, output).toBe(0)
  expect(output).toMatch(/PERF_DEBUG the test\n→ POST \S+\/login\?token=\[redacted\]\n/)
  expect(output).toContain('  {"password":"[redacted]"}\n← 200 OK in')
  expect(output).not.toContain('canary')
  const shown = output.match(/PERF_DEBUG user \d, iteration \d+\n→ GET \S+/g) ?? []
  expect(shown.map((entry) => entry.replaceAll(/http:\/\/[\d.:]+/g, ''))).toEqual(
    [0, 1, 2].map(
      (iteration) =>
        `PERF_DEBUG user 0, iteration ${iteration}\n→ GET /?user=0&iteration=${iteration}`,
    ),
  )
  const quiet = await project.run()
  expect(quiet.output).not.toContain('PERF_DEBUG')
}, 60_000)
