import { describe, expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { isGone, until } from '../support/service-processes.ts'
import { hasTerminal } from '../support/vitest-process.ts'
import { vitestProject } from '../support/vitest-project.ts'
import type { VitestProject } from '../support/vitest-project.ts'

const perfFile = (version: number): string => `
import { expect, test } from 'vitest-perf'
import { path } from './path.ts'
test('a short load', async ({ load }) => {
  console.log('ran: perf ${version}')
  const run = await load({ users: 2, iterations: 4 }, ({ http }) => http.get(path))
  expect(run).toHaveSuccessRateAbove('99%')
})
`
const unitFile = (version: number): string => `
import { expect, test } from 'vitest'
import { path } from './path.ts'
test('a path', () => {
  console.log('ran: unit ${version}')
  expect(path[0]).toBe('/')
})
`

async function watched(name: string): Promise<VitestProject> {
  const { options } = await withService()
  return vitestProject(name, {
    'vitest.config.ts': config(`include: '**/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    'path.ts': `export const path = '/'`,
    'path.test.ts': unitFile(1),
    'short.perf.ts': perfFile(1),
  })
}

const WAITING = /Waiting for file changes/

describe('in watch mode', { timeout: 90_000 }, () => {
  test('a perf test runs when its own file changes, and at no other time', async () => {
    await using project = await watched('watch')
    const vitest = project.start(['--watch'])
    await vitest.sees(/perf: 1 test file held back; change one, or run vitest --project perf/)
    await vitest.sees(/ran: unit 1/)
    await vitest.sees(WAITING)
    expect(await project.runFiles()).toEqual([])

    const change = async (files: Record<string, string>, sign: RegExp): Promise<string> => {
      const from = vitest.position()
      await project.write(files)
      await vitest.sees(sign, from)
      const { index } = await vitest.sees(WAITING, from)
      return vitest.sees(/^[^]*/, from).then(([text]) => text.slice(0, index))
    }
    expect(await change({ 'short.perf.ts': perfFile(2) }, /ran: perf 2/)).toContain(
      'PERF  ✓ 1 of 1',
    )
    expect(await project.runFiles()).toHaveLength(1)
    const shared = await change({ 'path.ts': `export const path = '/x'` }, /ran: unit 1/)
    expect(shared).not.toContain('ran: perf')
    const unit = await change({ 'path.test.ts': unitFile(2) }, /ran: unit 2/)
    expect(unit).not.toContain('ran: perf')
    expect(await project.runFiles()).toHaveLength(1)
    const again = await change({ 'short.perf.ts': perfFile(3) }, /ran: perf 3/)
    expect(again).toContain('GET /x')
    expect(await project.runFiles()).toHaveLength(2)
  })

  test.skipIf(!hasTerminal)(
    'named, it runs at once; q leaves no process of the service (needs the script command of util-linux)',
    async () => {
      await using project = await watched('watch-quit')
      const vitest = project.start(['--watch', '--project', 'perf'], { terminal: true })
      await vitest.sees(/ran: perf 1/)
      await vitest.sees(WAITING)
      vitest.type('q')
      const run = await vitest.ended
      expect(run.code, run.output).toBe(0)
      expect(run.output).not.toContain('held back')
      const pids = (await project.read('pids.txt')).trim().split('\n')
      for (const pid of pids) await until(() => isGone(Number(pid)))
    },
  )
})
