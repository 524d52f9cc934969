import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/report/display-width.ts'
import type { RunFile } from '../../src/run-file/run-file.ts'
import { cliFolder, type CliFolder } from '../support/cli.ts'
import { SUITE } from '../support/run-file-samples.ts'

const passing = SUITE.tests.filter(({ state }) => state === 'passed')

/** The same suite at different times, the oldest first. */
const RUNS: readonly RunFile[] = [
  { ...SUITE, id: '2026-01-30T08-00-00-aaaa', startedAt: '2026-01-30T08:00:00.000Z' },
  SUITE,
  { ...SUITE, id: '2026-01-31T12-00-00-bbbb', tests: passing },
]

const folder = (): Promise<CliFolder> => cliFolder(RUNS)

function expectNarrow(text: string): void {
  for (const line of text.split('\n')) expect(displayWidth(line), line).toBeLessThanOrEqual(80)
}

describe('vitest-perf', { timeout: 60_000 }, () => {
  test('lists its commands, tells of each, and is never wider than 80 columns', async () => {
    await using place = await folder()
    const { code, stdout } = await place.run('--help')
    expect(code).toBe(0)
    const [, commands = ''] = /Commands\n([^]*?)\n\n/.exec(stdout) ?? []
    const names = [...commands.matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name)
    expect(names).toEqual(expect.arrayContaining(['init', 'run', 'results', 'show', 'clean']))
    for (const name of names) {
      const help = await place.run(name, '--help')
      expect(help.code).toBe(0)
      expect(help.stdout).toMatch(new RegExp(`^Usage: vitest-perf ${name}`))
      expect(help.stdout).toContain('\nExamples\n')
      expectNarrow(help.stdout)
      expect(help.colored).not.toContain('\u001B')
    }
  })

  test.each([
    ['nothing to do', [], /^vitest-perf .*Usage: vitest-perf <command>/s, ''],
    [
      'a command that there is not',
      ['reslts'],
      /^$/,
      '✗ there is no command "reslts"; did you mean results?\n',
    ],
    [
      'a flag that there is not',
      ['show', '--jsn'],
      /^$/,
      '✗ there is no --jsn; did you mean --json?\n',
    ],
    [
      'a run that there is not',
      ['show', '2025'],
      /^$/,
      '✗ no run is called "2025": vitest-perf results lists all 3.\n',
    ],
    [
      'a name that several have',
      ['show', '2026-01-31'],
      /^$/,
      `✗ "2026-01-31" begins 2 runs: 2026-01-31T12-00-00-bbbb,\n  2026-01-31T09-05-07-k3x9. Write more of it\n`,
    ],
    ['a file that there is not', ['show', './no.json'], /^$/, '✗ there is no run at ./no.json\n'],
    ['a folder that there is not', ['results', '--dir', 'no'], /^$/, '✗ there is no folder no\n'],
  ])('%s: 2, and how to do better', async (_, args, stdout, stderr) => {
    await using place = await folder()
    const ended = await place.run(...args)
    expect(ended).toMatchObject({ code: 2, stderr, stdout: expect.stringMatching(stdout) })
  })

  test('results: the latest first, each whole in a line', async () => {
    await using place = await folder()
    const all = await place.run('results')
    expect(all.stdout).toMatchInlineSnapshot(`
      "   run                       tests           limits          requests    took
       ✓ 2026-01-31T12-00-00-bbbb  23 passed       5 met             12,030    60 s
       ✗ 2026-01-31T09-05-07-k3x9  1 of 24 failed  4 of 10 missed    31,470    60 s
       ✗ 2026-01-30T08-00-00-aaaa  1 of 24 failed  4 of 10 missed    31,470  25h 6m
      "
    `)
    expectNarrow(all.stdout)
    const one = await place.run('results', '--limit', '1', '--json')
    expect(JSON.parse(one.stdout)).toEqual([
      expect.objectContaining({ id: '2026-01-31T12-00-00-bbbb', failed: 0, ending: 'complete' }),
    ])
    const two = await place.run('results', '--limit', '2')
    expect(two.stderr).toBe('   1 older: --limit 3 shows them\n')
  })

  test('results: what cannot be read is told of, and the rest listed', async () => {
    await using place = await folder()
    await place.write(
      '.vitest/perf/2026-02-01T00-00-00-cccc.json',
      '{"format":"vitest-perf run","ver',
    )
    const { code, stdout, stderr } = await place.run('results')
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(4)
    expect(stderr).toContain('2026-02-01T00-00-00-cccc.json is cut off')
  })

  test('results: an empty folder is no mistake', async () => {
    await using place = await cliFolder()
    expect(await place.run('results')).toMatchObject({
      code: 0,
      stdout: 'No run yet: vitest-perf run makes one.\n',
    })
    expect(await place.run('results', '--json')).toMatchObject({ code: 0, stdout: '[]\n' })
    expect(await place.run('show')).toMatchObject({
      code: 2,
      stderr: '✗ there is no run yet: vitest-perf run makes one\n',
    })
  })

  test('show: the summary of the latest, of one by name, and of a file', async () => {
    await using place = await folder()
    const latest = await place.run('show')
    expect(latest.code).toBe(0)
    expect(latest.stdout).toMatch(
      /^ 2026-01-31T12-00-00-bbbb {2}took 60 s · main@6c8682f · linux x64, 8 CPUs · Node/,
    )
    expect(latest.stdout).toContain('\n PERF  ✓ 5 of 5  chat.perf.ts › 100 users chat\n')
    expect(latest.stdout).not.toContain('✗')
    expectNarrow(latest.stdout)
    const named = await place.run('show', 'k3x9')
    expect(named.stdout).toContain('\n PERF  ✗ 4 of 5 missed  shop.perf.ts')
    await place.write('from-ci.json', JSON.stringify(RUNS[0]))
    const file = await place.run('show', 'from-ci.json', '--json')
    expect(JSON.parse(file.stdout)).toEqual(RUNS[0])
  })

  test('a folder below finds the results of one above', async () => {
    await using place = await folder()
    await place.write('packages/a/package.json', '{}')
    const below = await place.runIn('packages/a', 'results', '--limit', '1')
    expect(below.stdout).toContain('2026-01-31T12-00-00-bbbb')
  })

  test('export: one file to stdout, several beside the run or where it says', async () => {
    await using place = await folder()
    const markdown = await place.run('export', '--format', 'markdown')
    expect(markdown).toMatchObject({ code: 0, stdout: expect.stringMatching(/^## ✅ Performance/) })
    const csv = await place.run('export', '--format', 'csv')
    expect(csv.stdout.trim().split('\n')).toEqual(
      ['stats', 'stats_history', 'failures', 'exceptions'].map(
        (name) => `.vitest/perf/2026-01-31T12-00-00-bbbb_${name}.csv`,
      ),
    )
    await place.run('export', '--format', 'csv', '--output', 'reports/smoke')
    expect(await place.list('reports')).toContain('smoke_stats_history.csv')
    const k6 = await place.run(
      'export',
      'k3x9',
      '--format',
      'k6',
      '--load',
      '200',
      '--output',
      'k6.json',
      '--json',
    )
    expect(JSON.parse(k6.stdout)).toEqual({ run: '2026-01-31T09-05-07-k3x9', files: ['k6.json'] })
    expect(JSON.parse(await place.read('k6.json'))).toHaveProperty('metrics')
    expect(await place.run('export', '--format', 'csvs')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Did you mean\s+csv\?/),
    })
  })

  test('clean: asks, and deletes runs with what was made of them', async () => {
    await using place = await folder()
    await place.run('export', '--format', 'csv')
    await place.write('.vitest/perf/mine.json', '{}')
    expect(await place.run('clean')).toMatchObject({
      code: 2,
      stderr: '✗ there is no terminal to ask in: add --yes\n',
    })
    const told = await place.run('clean', '--keep', '2', '--json')
    expect(JSON.parse(told.stdout)).toEqual({ runs: ['2026-01-30T08-00-00-aaaa'], done: false })
    expect(await place.run('clean', '--keep', '1', '--yes')).toMatchObject({
      code: 0,
      stdout: 'Deleted 2 runs.\n',
    })
    const left = await place.list('.vitest/perf')
    expect(left).toHaveLength(6)
    expect(left).toEqual(expect.arrayContaining(['2026-01-31T12-00-00-bbbb.json', 'mine.json']))
    await place.run('clean', '--yes')
    expect(await place.list('.vitest/perf')).toEqual(['mine.json'])
    expect(await place.run('clean', '--yes')).toMatchObject({
      code: 0,
      stdout: 'There is nothing to delete.\n',
    })
  })
})
