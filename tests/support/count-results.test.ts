import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const SCRIPT = join(import.meta.dirname, 'count-results.ts')

type Tests = Readonly<Record<string, string>>

/** A file without a test could not be loaded. */
const broken = (tests: Tests): boolean =>
  Object.keys(tests).length === 0 || Object.values(tests).includes('failed')

/** A JSON report of Vitest: for each file its tests and how they ended. */
const reportOf = (files: Readonly<Record<string, Tests>>): string =>
  JSON.stringify({
    testResults: Object.entries(files).map(([name, tests]) => ({
      name,
      status: broken(tests) ? 'failed' : 'passed',
      assertionResults: Object.entries(tests).map(([fullName, status]) => ({ fullName, status })),
    })),
  })

const REPORTS = {
  green: reportOf({ 'a.test.ts': { one: 'passed', two: 'passed' } }),
  red: reportOf({
    'a.test.ts': { one: 'failed', two: 'passed' },
    'b.test.ts': { three: 'passed' },
  }),
  broken: reportOf({ 'broken.test.ts': {}, 'b.test.ts': { three: 'passed' } }),
  mended: reportOf({ 'broken.test.ts': { four: 'passed' } }),
  many: reportOf(
    Object.fromEntries([1, 2, 3, 4, 5].map((each) => [`${each}.test.ts`, { [each]: 'failed' }])),
  ),
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'count-'))
  for (const [name, text] of Object.entries(REPORTS)) {
    await writeFile(join(folder, `${name}.json`), text)
  }
})
afterAll(() => rm(folder, { recursive: true }))

type Name = keyof typeof REPORTS | 'none'
const path = (name: Name): string => join(folder, `${name}.json`)

function script(...args: readonly string[]): {
  readonly lines: readonly string[]
  readonly code: number | null
} {
  const { stdout, status } = spawnSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' })
  return { lines: stdout.trim().split('\n'), code: status }
}

describe('the last line of CI', () => {
  test.for<[Name, code: string, again: Name, last: string, why: string]>([
    ['green', '0', 'none', '2 passed, 0 failed', 'of a run in which all passed'],
    ['green', '1', 'none', '2 passed, 1 failed', 'of an error outside of all tests'],
    ['red', '1', 'none', '2 passed, 1 failed', 'of one that failed'],
    ['red', '1', 'red', '2 passed, 1 failed', 'of one that failed again'],
    ['red', '1', 'green', '3 passed, 0 failed', 'of one that passed when it ran again'],
    ['broken', '1', 'broken', '1 passed, 1 failed', 'of a file that cannot be loaded'],
    ['broken', '1', 'mended', '2 passed, 0 failed', 'of a file that could be loaded after all'],
    ['none', '1', 'none', '0 passed, 1 failed', 'of a run that left nothing'],
  ])('%s with exit code %s, then %s: %s, %s', ([first, code, again, last]) => {
    const counted = script('count', path(first), code, path(again))
    expect(counted.lines.at(-1)).toBe(last)
    expect(counted.code).toBe(last.endsWith(' 0 failed') ? 0 : 1)
  })

  test('comes after the names of those that passed at the second attempt only', () => {
    const { lines } = script('count', path('red'), '1', path('green'))
    expect(lines[0]).toBe('passed only when it ran again, alone: one')
  })
})

test('a few files run again, many do not', () => {
  expect(script('failed', path('red')).lines).toEqual(['a.test.ts'])
  expect(script('failed', path('many')).lines).toEqual([''])
  expect(script('failed', path('green')).lines).toEqual([''])
})
