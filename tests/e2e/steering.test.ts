import { expect, test } from 'vitest'
import { SERVICE, withService } from '../support/fixture-service.ts'
import { vitestProject } from '../support/vitest-project.ts'

/** A config whose main process steers what runs, as the dashboard does, and writes down what comes of it. */
const configOf = (options: string): string => `
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'

const dist = new URL('../../../dist/vitest/control-server.js', import.meta.url).href
const { ControlServer } = await import(dist)
const { listen } = ControlServer.prototype
// Vitest reads this file once for each project.
ControlServer.prototype.listen = function () {
  if (globalThis.driven === undefined) void drive(this)
  globalThis.driven = true
  return listen.call(this)
}

async function drive(server) {
  const when = async (found) => {
    while (!found(server.loads()[0])) await sleep(20)
  }
  const said = []
  const steer = async (command) => said.push(await server.steer(undefined, command))
  await when((load) => load?.tick !== undefined)
  const [{ id, ...first }] = server.loads()
  await steer({ kind: 'users', users: 12 })
  await when(({ tick }) => tick.users === 12)
  await steer({ kind: 'rate', perSecond: 5 })
  await steer({ kind: 'next-phase' })
  await when(({ tick }) => tick.phase === 'steady' && tick.p50 !== undefined)
  await steer({ kind: 'stop' })
  await when((load) => load === undefined)
  await steer({ kind: 'stop' })
  writeFileSync('said.json', JSON.stringify({ first, said }))
}

export default defineConfig({ plugins: [perf({ include: '**/*.perf.ts', ${options} })] })
`

const SUITE = `
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest-perf'
describe('chat', () => {
  test('by hand', async ({ load }) => {
    const run = await load({ users: 2, warmUp: '1h', duration: '1h' }, async ({ http, pause }) => {
      await http.get('/')
      await pause(20)
    })
    console.log('mark: ended', run.ending)
    expect(run).toHaveSuccessRateAbove('99%')
    await sleep(500)
  })
})
`

test(
  'a load is steered from the main process, and its run says so',
  { timeout: 60_000 },
  async () => {
    const { options } = await withService()
    await using project = await vitestProject('steering', {
      'vitest.config.ts': configOf(options),
      'service.mjs': SERVICE,
      'a.perf.ts': SUITE,
    })
    const { output, code } = await project.run()
    expect(output).toContain('mark: ended stopped')
    expect(output).toMatch(/! stopped after .*: stopped by hand\n/)
    expect(output).toContain('! steered by hand: users 2 → 12, next phase: steady\n')
    expect(code).toBe(0)
    const { first, said } = JSON.parse(await project.read('said.json')) as Record<string, unknown>
    const [file] = await project.runFiles()
    expect(first).toMatchObject({
      title: 'chat > by hand',
      model: 'closed',
      planned: { users: 2 },
      length: 7_200_000,
      test: { file: 'a.perf.ts', name: 'chat > by hand', run: file?.id },
    })
    expect(said).toEqual([
      { ok: true, said: 'users 2 → 12' },
      { ok: false, message: expect.stringContaining('change the number of users') },
      { ok: true, said: 'next phase: steady' },
      { ok: true, said: 'stopped by hand' },
      { ok: false, message: 'no load is running' },
    ])
    const run = file?.tests[0]?.record.runs[0]
    expect(run).toMatchObject({ ending: 'stopped', shape: { users: 2 } })
    expect(run?.marks?.map(({ kind }) => kind)).toEqual(['steered', 'steered', 'steered'])
  },
)
