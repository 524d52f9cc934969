import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/report/display-width.ts'
import type { RunFile } from '../../src/run-file/run-file.ts'
import { cliFolder, type CliFolder } from '../support/cli.ts'
import { SUITE } from '../support/run-file-samples.ts'
import { hasTerminal } from '../support/vitest-process.ts'

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
      /^ 2026-01-31T12-00-00-bbbb {2}took 60 s · main@6c8682f · linux x64, 8 CPUs\n/,
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

  test.runIf(hasTerminal)('init: shows, asks, and does nothing unless it is told yes', async () => {
    await using place = await cliFolder()
    await place.write('package.json', '{}')
    await place.write('node_modules/vitest/package.json', '{ "version": "5.1.1" }')
    await place.write('node_modules/vitest-perf/package.json', '{ "version": "0.0.0" }')
    const no = place.start('init')
    await no.sees(/\+ tests\/perf\/first\.perf\.ts[^]*Go ahead\?/)
    no.type('n')
    expect(await no.ended).toMatchObject({
      code: 0,
      output: expect.stringContaining('Nothing was changed.'),
    })
    expect(await place.list('.')).toEqual(['node_modules', 'package.json'])
    const yes = place.start('init')
    await yes.sees(/Go ahead\?/)
    yes.type('y')
    expect(await yes.ended).toMatchObject({
      code: 0,
      output: expect.stringContaining('Done. Now:'),
    })
    expect(await place.list('.')).toContain('vitest.config.mts')
  })
})
