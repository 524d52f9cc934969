import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findRunning, removeRunningFile, writeRunningFile } from '../../src/live/running-file.ts'

const folder = { path: '' }
beforeEach(() => {
  folder.path = mkdtempSync(join(tmpdir(), 'running-'))
})
afterEach(() => rmSync(folder.path, { recursive: true, force: true }))

const file = (pid: number, startedAt = '2026-01-31T09:05:07.000Z') => ({
  pid,
  startedAt,
  socket: '/tmp/a.sock',
  dashboard: 'http://127.0.0.1:8089/#token=a',
})

/** Of a process that has ended. */
const gone = (): number => spawnSync(process.execPath, ['--version']).pid

test('a run that goes on is found, and not after it took its file away', () => {
  const results = join(folder.path, '.vitest/perf')
  expect(findRunning(results)).toEqual([])
  const path = writeRunningFile(results, file(process.pid))
  expect(findRunning(results)).toEqual([{ ...file(process.pid), path, stale: false }])
  removeRunningFile(path ?? '')
  expect(findRunning(results)).toEqual([])
})

test.skipIf(process.platform === 'win32')(
  'its file is for its user alone, also the second time',
  () => {
    for (const address of ['a', 'b']) {
      const path = writeRunningFile(folder.path, { ...file(process.pid), dashboard: address })
      expect(statSync(path ?? '').mode & 0o777).toBe(0o600)
    }
    expect(readdirSync(folder.path)).toHaveLength(1)
    expect(findRunning(folder.path)[0]?.dashboard).toBe('b')
  },
)

test('one whose process was killed is told apart; the newest comes first', () => {
  writeRunningFile(folder.path, file(gone(), '2026-01-31T10:00:00.000Z'))
  writeRunningFile(folder.path, file(process.pid))
  expect(findRunning(folder.path).map(({ stale }) => stale)).toEqual([true, false])
})

test('a file that cannot be read is none, nor is a run', () => {
  writeFileSync(join(folder.path, 'running-1.json'), '{"pid":')
  writeFileSync(join(folder.path, '2026-01-31T09-05-07-k3x9.json'), '{}')
  expect(findRunning(folder.path)).toEqual([])
})

test('a disk that refuses is no mistake of the run', () => {
  writeFileSync(join(folder.path, 'file'), '')
  expect(writeRunningFile(join(folder.path, 'file'), file(1))).toBeUndefined()
})
