import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/report/display-width.ts'
import type { RunFile } from '../../src/run-file/run-file.ts'
import { CLI_RUNS } from '../support/cli-runs.ts'
import { cliFolder } from '../support/cli.ts'

const [BASE, HEAD] = CLI_RUNS as [RunFile, RunFile]
const [FIRST, LAST] = [BASE.id, HEAD.id]
const RUNS: readonly RunFile[] = [{ ...BASE, id: '2026-01-29T08-00-00-aaaa' }, BASE, HEAD]

const CSV = ['stats', 'stats_history', 'failures', 'exceptions']

describe('what vitest-perf makes of runs', { timeout: 60_000 }, () => {
  test('export: one file to stdout, several beside the run or where it says', async () => {
    await using place = await cliFolder(RUNS)
    const markdown = await place.run('export', '--format', 'markdown')
    expect(markdown).toMatchObject({ code: 0, stdout: expect.stringMatching(/^## ❌ Performance/) })
    const csv = await place.run('export', '--format', 'csv')
    const beside = CSV.map((name) => `.vitest/perf/${LAST}_${name}.csv`)
    expect(csv.stdout.trim().split('\n')).toEqual(beside)
    await place.run('export', '--format', 'csv', '--output', 'reports/smoke')
    expect(await place.list('reports')).toEqual(CSV.map((name) => `smoke_${name}.csv`).toSorted())
    const named = ['export', 'a91c', '--format', 'k6', '--load', '100 users']
    const k6 = await place.run(...named, '--output', 'k6.json', '--json')
    expect(JSON.parse(k6.stdout)).toEqual({ run: FIRST, files: ['k6.json'] })
    expect(JSON.parse(await place.read('k6.json'))).toHaveProperty('metrics')
    const besideIt = await place.run('export', '--format', 'k6', '--json')
    expect(JSON.parse(besideIt.stdout)).toMatchObject({ files: [`.vitest/perf/${LAST}_k6.json`] })
    const wrong = await place.run('export', '--format', 'csvs')
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toMatch(/Did you mean\s+csv\?/)
  })

  test('report: one file that needs nothing else, beside the run or where it says', async () => {
    await using place = await cliFolder(RUNS)
    const latest = await place.run('report')
    const path = `.vitest/perf/${LAST}.html`
    expect(latest).toMatchObject({ code: 0, stdout: `${path}\n`, stderr: '' })
    const html = await place.read(path)
    expect(html).toMatch(/^<!doctype html>/i)
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
    const args = ['report', 'a91c', '--baseline', 'latest', '--output', 'out/r.html', '--json']
    const named = await place.run(...args)
    const told = { run: FIRST, ending: 'complete', report: 'out/r.html' }
    expect(JSON.parse(named.stdout)).toEqual(told)
    expect(await place.run('report', '--output', 'out')).toMatchObject({
      code: 2,
      stderr: '✗ --output must be the path of a file, got "out"\n',
    })
  })

  test('compare: 1 for a regression, 0 for none', async () => {
    await using place = await cliFolder(RUNS)
    const worse = await place.run('compare', '--output', 'perf.md')
    expect(worse).toMatchObject({ code: 1, stdout: expect.stringContaining('▲ slower') })
    for (const line of worse.stdout.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80)
    expect(await place.read('perf.md')).toMatch(/^## 🔺 Performance: /)
    expect(await place.run('compare', '--least', '60%')).toMatchObject({ code: 0 })
    const better = await place.run('compare', 'cache', 'main', '--json')
    expect(better.code).toBe(0)
    expect(JSON.parse(better.stdout)).toMatchObject({ verdict: 'better' })
    await place.run('compare', '--output', 'perf.html')
    expect(await place.read('perf.html')).toMatch(/^<!doctype html>/i)
    const three = await place.run('compare', 'aaaa', 'a91c', 'k3x9', '--json')
    expect(three.code).toBe(1)
    expect(JSON.parse(three.stdout)).toMatchObject({ runs: [{}, {}, {}] })
  })

  test('compare: 2 where nothing can be told', async () => {
    await using place = await cliFolder(RUNS)
    const machine = { ...HEAD.machine, cpus: 2, cpu: 'another' }
    const elsewhere = { ...HEAD, id: '2026-02-01T00-00-00-mmmm', machine }
    await place.write('other.json', JSON.stringify(elsewhere))
    const unlike = await place.run('compare', 'a91c', 'other.json')
    expect(unlike).toMatchObject({ code: 2, stderr: '' })
    expect(await place.run('compare', 'a91c', 'other.json', '--anyway')).toMatchObject({ code: 1 })
    expect(await place.run('compare', 'latest')).toMatchObject({
      code: 2,
      stderr: `✗ ${LAST} cannot be compared with itself: name another run\n`,
    })
    expect(await place.run('compare', '--output', 'perf.pdf')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('--output must be a file that ends in '),
    })
  })

  test('clean: asks, and deletes runs with what was made of them', async () => {
    await using place = await cliFolder(RUNS)
    await place.run('export', '--format', 'csv')
    await place.write('.vitest/perf/mine.json', '{}')
    expect(await place.run('clean')).toMatchObject({
      code: 2,
      stderr: '✗ there is no terminal to ask in: add --yes\n',
    })
    const told = await place.run('clean', '--keep', '2', '--json')
    expect(JSON.parse(told.stdout)).toEqual({ runs: ['2026-01-29T08-00-00-aaaa'], done: false })
    const two = await place.run('clean', '--keep', '1', '--yes')
    expect(two).toMatchObject({ code: 0, stdout: 'Deleted 2 runs.\n' })
    const left = await place.list('.vitest/perf')
    const csv = CSV.map((name) => `${LAST}_${name}.csv`)
    expect(left).toEqual([`${LAST}.json`, ...csv, 'mine.json'].toSorted())
    await place.run('clean', '--yes')
    expect(await place.list('.vitest/perf')).toEqual(['mine.json'])
    const none = await place.run('clean', '--yes')
    expect(none).toMatchObject({ code: 0, stdout: 'There is nothing to delete.\n' })
  })
})
