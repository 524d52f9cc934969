import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseRunFile } from '../../src/run-file/parse-run-file.ts'
import { firstLine, runFileId, toRunFile } from '../../src/run-file/run-file.ts'
import { writeRunFile } from '../../src/run-file/write-run-file.ts'
import { messageOf } from '../support/message-of.ts'
import { SUITE, sampleFile, sampleTest } from '../support/run-file-samples.ts'

describe('the id', () => {
  test('is the second in UTC and four letters', () => {
    const at = new Date('2026-01-31T09:05:07.890Z')
    expect(runFileId(at, () => 0.999)).toBe('2026-01-31T09-05-07-zzzz')
    expect(runFileId(at)).toMatch(/^2026-01-31T09-05-07-[0-9a-z]{4}$/)
  })

  test('sorts by time', () => {
    const ids = ['2026-02-01T00:00:00Z', '2026-01-31T23:59:59Z', '2025-12-31T00:00:00Z']
    expect(
      ids
        .map((at) => runFileId(new Date(at)))
        .toSorted()
        .map((id) => id.slice(0, 4)),
    ).toEqual(['2025', '2026', '2026'])
  })
})

test('a file without an end is a partial one', () => {
  const { id, startedAt, versions, machine } = SUITE
  const file = toRunFile({ id, startedAt, versions, machine }, [])
  expect(file).toMatchObject({ format: 'vitest-perf run', version: 2, ending: 'partial' })
  expect(file).not.toHaveProperty('finishedAt')
})

test.each([
  ['one line', 'one line'],
  ['\n\n  the second\nthe third', 'the second'],
  ['\u001B[31mred\u001B[39m\r\nmore', 'red'],
  ['', ''],
  ['x'.repeat(400), `${'x'.repeat(299)}…`],
])('the first line of %#', (message, line) => expect(firstLine(message)).toBe(line))

describe('reading', () => {
  test('gives back what was written', () => {
    expect(parseRunFile(JSON.stringify(SUITE))).toEqual(SUITE)
  })

  const text = JSON.stringify(sampleFile([sampleTest({})]))
  test.each([
    ['another JSON file', '{"numTotalTests":3}'],
    ['no JSON', '<!doctype html>'],
    ['nothing', ''],
    ['a list', '[]'],
    ['null', 'null'],
  ])('%s is no run file', (_, other) => {
    expect(messageOf(() => parseRunFile(other, 'report.json'))).toBe(
      'report.json is not a run file of vitest-perf. They are written to .vitest/perf/*.json',
    )
  })

  test('a file of a newer version says what to do', () => {
    const newer = text.replace('"version":2', '"version":7')
    expect(messageOf(() => parseRunFile(newer, 'a.json'))).toMatchInlineSnapshot(
      `"a.json was written by a newer vitest-perf (version 7 of the file, this one reads 2): update vitest-perf"`,
    )
  })

  test('a file that is cut off says so', () => {
    expect(messageOf(() => parseRunFile(text.slice(0, 300), 'a.json'))).toMatchInlineSnapshot(
      `"a.json is cut off after 300 characters: it was copied or stored incompletely. Run the tests again"`,
    )
  })

  test.each([
    ['"version":2,"id"', '"version":"one","id"', 'version must be 2, got "one"'],
    ['"id":', '"no":', 'id must be a text, got undefined'],
    ['"cpus":8', '"cpus":"all"', 'machine.cpus must be a number, got "all"'],
    ['"tests":[', '"tests":1,"others":[', 'tests must be a list, got 1'],
    [
      '"runs":[]',
      '"runs":[{}]',
      'tests[0].record.runs[0].title must be a text, got undefined (and 13 more)',
    ],
    [
      '"verdicts":[]',
      '"verdicts":[null]',
      'tests[0].record.verdicts[0] must be an object, got null',
    ],
    ['"errors":[]', '"errors":null', 'tests[0].errors must be a list, got null'],
    [
      '"state":"passed"',
      '"state":"fine"',
      'tests[0].state must be "passed" or "failed" or "skipped" or "running", got "fine"',
    ],
  ])('a file with %s made %s is damaged', (from, to, why) => {
    expect(text).toContain(from)
    expect(messageOf(() => parseRunFile(text.replace(from, to), 'a.json'))).toBe(
      `a.json is a damaged run file: ${why}. Run the tests again`,
    )
  })
})

const NAME = `${SUITE.id}.json`

describe('writing', () => {
  const folder = { path: '' }
  beforeEach(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'run-file-'))
  })
  afterEach(() => rmSync(folder.path, { recursive: true, force: true }))

  test('makes the folder and leaves nothing beside the file', () => {
    const into = join(folder.path, '.vitest', 'perf')
    const path = join(into, NAME)
    expect(writeRunFile(join(into, NAME), SUITE)).toEqual({ path })
    expect(parseRunFile(readFileSync(path, 'utf8'))).toEqual(SUITE)
    expect(readdirSync(into)).toEqual([NAME])
  })

  test('takes the place of the file of before', () => {
    writeRunFile(join(folder.path, NAME), { ...SUITE, ending: 'partial' })
    writeRunFile(join(folder.path, NAME), SUITE)
    const [name = ''] = readdirSync(folder.path)
    expect(parseRunFile(readFileSync(join(folder.path, name), 'utf8')).ending).toBe('complete')
  })

  test('a folder that is a file gives a warning', () => {
    const into = join(folder.path, 'perf')
    writeFileSync(into, '')
    expect(writeRunFile(join(into, NAME), SUITE)).toEqual({
      warning: expect.stringMatching(/^the run file was not written: EEXIST/),
    })
  })

  test.skipIf(process.getuid?.() === 0)('a folder without permission gives a warning', () => {
    chmodSync(folder.path, 0o500)
    expect(writeRunFile(join(folder.path, NAME), SUITE)).toEqual({
      warning: expect.stringMatching(/^the run file was not written: EACCES/),
    })
    chmodSync(folder.path, 0o700)
  })

  test('what could not be put in its place is not left behind', () => {
    mkdirSync(join(folder.path, NAME))
    expect(writeRunFile(join(folder.path, NAME), SUITE)).toEqual({
      warning: expect.stringMatching(/^the run file was not written: EISDIR/),
    })
    expect(readdirSync(folder.path)).toEqual([NAME])
  })
})
