import { expect, test } from 'vitest'
import { config } from '../support/fixture-service.ts'
import { vitestProject } from '../support/vitest-project.ts'

const FIRST = `
import { beforeAll, expect, once, test } from 'vitest-perf'
beforeAll(async () => {
  const seeded = await once('seeding', async () => {
    console.log('mark: seeding')
    return { rooms: ['a', 'b'], at: undefined }
  })
  expect(seeded).toEqual({ rooms: ['a', 'b'] })
})
test('all who come at once get the one result', async () => {
  const all = await Promise.all([1, 2, 3].map((n) => once('racing', () => n)))
  expect(all).toEqual([1, 1, 1])
})
test('nothing is a result, too', async () => {
  expect(await once('nothing', () => undefined)).toBeUndefined()
})
test('its failure is the failure of all', async () => {
  const fails = () => once('failing', () => { throw new TypeError('no such room') })
  await expect(fails()).rejects.toThrow(TypeError)
  await expect(fails()).rejects.toThrow("once('failing'): no such room")
})
test('what JSON cannot hold is refused', async () => {
  await expect(once('big', () => 1n)).rejects.toThrow("the result of once('big') crosses processes as JSON")
  await expect(once('', () => 1)).rejects.toThrow('once(id) must be a name')
})
`

const SECOND = `
import { expect, once, test } from 'vitest-perf'
test('of the file before', async () => {
  expect(await once('seeding', () => 'anew')).toEqual({ rooms: ['a', 'b'] })
  await once('dying', () => process.kill(process.pid, 'SIGKILL'))
})
`

const THIRD = `
import { expect, once, test } from 'vitest-perf'
test('of a process that died', async () => {
  await expect(once('dying', () => 1)).rejects.toThrow("the process that ran once('dying') has ended in it")
})
`

test('something is done once in a run, and all get its result', { timeout: 60_000 }, async () => {
  await using project = await vitestProject('once', {
    'vitest.config.ts': config(`include: '**/*.perf.ts'`),
    'a.perf.ts': FIRST,
    'b.perf.ts': SECOND,
    'c.perf.ts': THIRD,
  })
  // Vitest takes the longest file first.
  const run = await project.run()
  expect(run.output.match(/mark: seeding/g)).toHaveLength(1)
  expect(run.output).toMatch(/✓.* a\.perf\.ts/)
  expect(run.output).toMatch(/✓.* c\.perf\.ts/)
  expect(run.output).toContain('1 error')
})
