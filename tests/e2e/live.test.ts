import { expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { hasTerminal } from '../support/vitest-process.ts'
import { vitestProject, type VitestProject } from '../support/vitest-project.ts'

const SUITE = `
import { expect, test } from 'vitest-perf'
test('a while', async ({ load }) => {
  const limits = { errorRate: '1%' }
  const run = await load({ users: 3, duration: process.env.LONG ?? '3s', limits }, async ({ http, user, iteration, pause }) => {
    if (user === 0 && iteration === 20) console.log('a line of the test')
    await http.get('/')
    await pause('50ms')
  })
  expect(run).toMeetLimits()
})
`

async function suite(name: string): Promise<VitestProject> {
  const { options } = await withService()
  return vitestProject(name, {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    'a.perf.ts': SUITE,
  })
}

test.runIf(hasTerminal)(
  'a terminal shows the load under way, whatever the test prints',
  { timeout: 60_000 },
  async () => {
    await using project = await suite('live-window')
    const { output, code } = await project.run([], { terminal: true })
    expect(output).toMatch(/ ↗ a while {2}steady\r?\n {3}[━─]{22} \d s of 3 s {3}3 users/)
    expect(output).toMatch(/ ✓ error rate of all requests {2}0 % {2}limit 1 %/)
    expect(output).toContain('a line of the test')
    expect(output).toContain('PERF  ✓ 1 of 1  a.perf.ts › a while')
    expect(code).toBe(0)
  },
)

test(
  'a log has a line of it now and then, and none of a short load',
  { timeout: 60_000 },
  async () => {
    await using project = await suite('live-log')
    const { output } = await project.run([], { env: { LONG: '14s' } })
    const lines = output.split('\n').filter((line) => line.startsWith(' ↗'))
    expect(lines).toEqual([
      expect.stringMatching(/^ ↗ a while {2}1\d s of 14 s · p95 .* · 3 users$/),
    ])
    expect((await project.run()).output).not.toContain('↗')
  },
)
