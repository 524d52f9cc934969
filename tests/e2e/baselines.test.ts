import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { config, SERVICE, withService } from '../support/fixture-service.ts'
import { errorsIn } from '../support/vitest-output.ts'
import { hasTerminal } from '../support/vitest-process.ts'
import { vitestProject, type VitestProject } from '../support/vitest-project.ts'

/** Each suite in a file of its own, since each has a file of baselines of its own. */
const NAMES = ['absent', 'damaged', 'deleted', 'faster', 'foreign', 'load', 'machine', 'slower']

const suite = (...names: readonly string[]): string => `
import { expect, test } from 'vitest-perf'
test.for(${JSON.stringify(names)})('%s', async (_, { load }) => {
  const run = await load({ users: 1, iterations: 3, repeats: 4 }, ({ http }) => http.get('/'))
  expect(run).toMatchBaseline({ metrics: ['p50'] })
})
`

const HERE = `${process.platform} ${process.arch}, here, Node ${process.versions.node.split('.')[0]}`
const THERE = HERE.replace('here', 'there')

const pathOf = (name: string): string => `tests/__perf__/${name}.perf.ts.json`

/** Changes a file of baselines: the text before is what the package wrote. */
async function change(
  project: VitestProject,
  name: string,
  by: (text: string) => string,
): Promise<void> {
  await project.write({ [pathOf(name)]: by(await project.read(pathOf(name))) })
}

/** All that was measured becomes so many times as long: no machine is that much slower or faster. */
const times = (factor: number) => (text: string) =>
  text.replaceAll(/"p50":([\d.]+)/g, (_, value) => `"p50":${Number(value) * factor}`)

const texts = (project: VitestProject): Promise<readonly string[]> =>
  Promise.all(NAMES.map((name) => project.read(pathOf(name)).catch(() => 'none')))

/** What became of each test, with the first line of what it says of its baseline. */
async function resultsOf(project: VitestProject): Promise<Readonly<Record<string, string>>> {
  const file = (await project.runFiles()).at(-1)
  const tests = file?.tests ?? []
  return Object.fromEntries(
    tests.map(({ name, state, record }) => {
      const [verdict] = record.verdicts
      const said = verdict?.note ?? verdict?.baseline?.state ?? 'an error'
      return [name, `${state}: ${said}`]
    }),
  )
}

test('baselines are written, kept, refused, updated and removed as snapshots are', async () => {
  const { options } = await withService()
  await using project = await vitestProject('baselines', {
    'vitest.config.ts': config(`include: 'tests/*.perf.ts', ${options}`),
    'service.mjs': SERVICE,
    ...Object.fromEntries(NAMES.map((name) => [`tests/${name}.perf.ts`, suite(name)])),
    'tests/faster.perf.ts': suite('faster', 'also faster'),
  })
  const env = { PERF_MACHINE: 'here' }

  const first = await project.run([], { env })
  expect(first.code, first.output).toBe(0)
  expect(first.output).toMatch(/Snapshots +9 written/)
  expect(await resultsOf(project)).toEqual(
    Object.fromEntries([...NAMES, 'also faster'].map((name) => [name, 'passed: new'])),
  )
  expect(JSON.parse(await project.read(pathOf('load')))).toMatchObject({
    format: 'vitest-perf baselines',
    baselines: { 'load 1': { [HERE]: { load: { users: 1 } } } },
  })

  await rm(join(project.root, pathOf('absent')))
  await change(project, 'damaged', (text) => text.slice(0, -40))
  await change(project, 'deleted', (text) =>
    text.replace('"deleted 1"', '"of a test that is gone 1"'),
  )
  await change(project, 'faster', times(1_000))
  await change(project, 'foreign', () => '{ "name": "not ours" }\n')
  await change(project, 'load', (text) => text.replace('"users":1', '"users":50'))
  await change(project, 'machine', (text) => text.replace(', here,', ', there,'))
  await change(project, 'slower', times(0.001))
  const before = await texts(project)

  const inCi = await project.run([], { env: { ...env, CI: 'true' } })
  expect(inCi.code).toBe(1)
  expect(await texts(project)).toEqual(before)
  expect(await resultsOf(project)).toMatchInlineSnapshot(`
    {
      "absent": "failed: there is no baseline, and a CI run writes none",
      "also faster": "passed: judged",
      "damaged": "failed: an error",
      "deleted": "failed: there is no baseline, and a CI run writes none",
      "faster": "passed: judged",
      "foreign": "failed: an error",
      "load": "failed: not comparable: the baseline is of another load: users 50 → 1",
      "machine": "passed: not comparable: the baseline is of another machine: there → here",
      "slower": "failed: judged",
    }
  `)
  expect(inCi.output).toMatch(/Obsolete baselines found when no update is expected\.\n· of a test/)

  // What a CI does for a change that is not merged yet: new ones may come, and old ones go.
  const plain = await project.run(['--update=new'], { env: { ...env, CI: 'true' } })
  expect(plain.code).toBe(1)
  expect((await texts(project)).slice(3)).toEqual(before.slice(3))
  expect(await resultsOf(project)).toMatchInlineSnapshot(`
    {
      "absent": "passed: new",
      "also faster": "passed: judged",
      "damaged": "failed: an error",
      "deleted": "passed: new",
      "faster": "passed: judged",
      "foreign": "failed: an error",
      "load": "failed: not comparable: the baseline is of another load: users 50 → 1",
      "machine": "passed: not comparable: the baseline is of another machine: there → here",
      "slower": "failed: judged",
    }
  `)
  expect(plain.output).toMatch(/Snapshots +2 written\n +2 failed\n +1 obsolete/)
  expect(plain.output).toMatch(/deleted\.perf\.ts\n +· of a test that is gone 1/)
  expect(
    errorsIn(plain.output).map((each) =>
      each.replaceAll(/\s+/g, ' ').replaceAll(/\+?[\d.,]+( (ms|s)\b| %|×)/g, 'N'),
    ),
  ).toMatchInlineSnapshot(`
    [
      "UsageError: tests/__perf__/damaged.perf.ts.json is damaged: it is no whole JSON: restore it from version control, or run vitest -u, which begins a new one and keeps this one beside it",
      "UsageError: tests/__perf__/foreign.perf.ts.json is no file of baselines: restore it from version control, or run vitest -u, which begins a new one and keeps this one beside it",
      "Error: expect(run).toMatchBaseline() the baseline is of another load: users 50 → 1 accept this run with vitest -u baseline "load 1" in tests/__perf__/load.perf.ts.json",
      "Error: expect(run).toMatchBaseline() p50 latency of all requests: N [N, N], at most N is tolerated 4 runs: N (N … N); baseline of 4 runs: N (N … N) p = 0.0143 accept it with vitest -u baseline "slower 1" in tests/__perf__/slower.perf.ts.json",
    ]
  `)

  const updating = await project.run(['-u'], { env })
  expect(updating.code, updating.output).toBe(0)
  const { absent, deleted, ...updated } = await resultsOf(project)
  // Two real runs: whether one was proven slower than the other is the machine's doing.
  for (const result of [absent, deleted]) expect(result).toMatch(/^passed: (judged|updated)$/)
  expect(updated).toMatchInlineSnapshot(`
    {
      "also faster": "passed: updated",
      "damaged": "passed: new",
      "faster": "passed: updated",
      "foreign": "passed: new",
      "load": "passed: updated",
      "machine": "passed: new",
      "slower": "passed: updated",
    }
  `)
  expect(await readdir(join(project.root, 'tests/__perf__'))).toMatchInlineSnapshot(`
    [
      "absent.perf.ts.json",
      "damaged.perf.ts.json",
      "damaged.perf.ts.json.kept",
      "deleted.perf.ts.json",
      "faster.perf.ts.json",
      "foreign.perf.ts.json",
      "foreign.perf.ts.json.kept",
      "load.perf.ts.json",
      "machine.perf.ts.json",
      "slower.perf.ts.json",
    ]
  `)
  expect(await project.read(`${pathOf('foreign')}.kept`)).toBe('{ "name": "not ours" }\n')
  expect(Object.keys(baselinesIn(await project.read(pathOf('deleted'))))).toEqual(['deleted 1'])
  const machines = baselinesIn(await project.read(pathOf('machine')))['machine 1']
  expect(Object.keys(machines ?? {})).toEqual([HERE, THERE])

  // Those of a test that was left out are not obsolete.
  const again = await project.run(['-u', '-t', '^faster'], { env })
  expect(again.code, again.output).toBe(0)
  const left = Object.keys(baselinesIn(await project.read(pathOf('faster'))))
  expect(left).toEqual(['also faster 1', 'faster 1'])
}, 300_000)

test.skipIf(!hasTerminal)(
  'in watch mode u updates them (needs the script command of util-linux)',
  async () => {
    const { options } = await withService()
    await using project = await vitestProject('baselines-watch', {
      'vitest.config.ts': config(`include: 'tests/*.perf.ts', ${options}`),
      'service.mjs': SERVICE,
      'tests/slower.perf.ts': suite('slower'),
    })
    await project.run()
    await change(project, 'slower', times(0.001))
    const before = await project.read(pathOf('slower'))

    const vitest = project.start(['--watch', '--project', 'perf'], { terminal: true })
    await vitest.sees(/Snapshots +1 failed/)
    await vitest.sees(/Watching for file changes/)
    expect(await project.read(pathOf('slower'))).toBe(before)
    const from = vitest.position()
    vitest.type('u')
    await vitest.sees(/Snapshots +1 updated/, from)
    expect(await project.read(pathOf('slower'))).not.toBe(before)
  },
  300_000,
)

const baselinesIn = (text: string): Readonly<Record<string, object>> =>
  (JSON.parse(text) as { baselines: Record<string, object> }).baselines
