import { describe, expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { linesOf } from '../support/vitest-output.ts'
import { vitestProject, type VitestProject } from '../support/vitest-project.ts'

const PERF = `
import { describe, test } from 'vitest-perf'
const says = (name) => async ({ http }) => { await http.get('/'); console.log('ran: ' + name) }
describe('sessions', { tags: 'integration' }, () => {
  test('quick', says('quick'))
  test('long', { tags: 'slow' }, says('long'))
})
test('soak', { tags: ['load', 'slow'] }, says('soak'))
test('plain', says('plain'))
`
const UNIT = `
import { test } from 'vitest'
test('a unit', () => console.log('ran: unit'))
`

async function suite(name: string, rest = ''): Promise<VitestProject> {
  const { options } = await withService()
  return vitestProject(`tags-${name}`, {
    'vitest.config.ts': config(options, rest),
    'service.mjs': SERVICE,
    'a.perf.ts': PERF,
    'unit.test.ts': UNIT,
  })
}

describe('tests are left out by their tags', { timeout: 90_000 }, () => {
  test('on the command line, of all projects; by PERF_TAGS, of the perf tests', async () => {
    await using project = await suite('built-in')
    const ran = async (args: readonly string[], PERF_TAGS = ''): Promise<string[]> => {
      const { code, output } = await project.run(args, { env: { PERF_TAGS } })
      expect(code, output).toBe(0)
      return linesOf(output, 'ran: ')
        .map((line) => line.slice('ran: '.length))
        .toSorted()
    }
    expect(await ran([])).toEqual(['long', 'plain', 'quick', 'soak', 'unit'])
    expect(await ran(['--tags-filter', '!slow'])).toEqual(['plain', 'quick', 'unit'])
    expect(await ran(['--tags-filter', 'integration'])).toEqual(['long', 'quick'])
    expect(await ran([], 'integration and not slow')).toEqual(['quick', 'unit'])
    expect(await ran(['--tags-filter', 'slow'], '!load')).toEqual(['long'])
  })

  test('without a test that is left no service is started', async () => {
    await using project = await suite('no-service')
    const { code, output } = await project.run([], { env: { PERF_TAGS: 'slow && !slow' } })
    expect(code, output).toBe(0)
    await expect(project.read('pids.txt')).rejects.toThrow('ENOENT')
  })

  test("the suite's own tags stay as they are, in projects that inherit nothing too", async () => {
    const projects = `projects: [{ test: { name: 'own', include: ['unit.test.ts'] } }]`
    const tags = `tags: [{ name: 'slow', description: 'ours' }, { name: 'nightly' }]`
    await using project = await suite('own', `test: { ${tags}, ${projects} }`)
    const { code, output } = await project.run(['--tags-filter', '!slow'])
    expect(code, output).toBe(0)
    expect(linesOf(output, 'ran: ').toSorted()).toEqual(['ran: plain', 'ran: quick', 'ran: unit'])
    const list = await project.run(['--list-tags'])
    expect(list.output).toContain('slow: ours')
    expect(list.output).toContain('nightly')
    expect(list.output).toContain('integration: one user')
  })

  test('a tag that nobody knows is an error', async () => {
    await using project = await suite('unknown')
    const { code, output } = await project.run([], { env: { PERF_TAGS: '!slwo' } })
    expect(code).toBe(1)
    expect(output).toContain('The tag pattern "slwo" is not defined in the configuration')
  })
})
