import { expect, test } from 'vitest'
import { loadNote, verdictNote } from '../../src/report/notes.ts'
import { HOSTILE, UNSEEN } from '../support/hostile.ts'
import { CHAT, sampleRun, verdict } from '../support/run-file-samples.ts'

test('a load in one line: what it was, its times, and what to mind', () => {
  const run = sampleRun(CHAT, { with: { ending: 'deadline' } })
  expect(loadNote(run)).toMatchInlineSnapshot(
    `"30 s · 100 users · 12,030 requests · 401/s · seed 43 · p50 143 ms, p95 1.15 s, p99 1.84 s · failed 0 % · ! stopped at its own deadline after 35.2 s"`,
  )
})

test.each([
  ['met', { measured: 172 }, false, '172 ms, limit 300 ms, 43 % spare'],
  ['missed', { measured: 420 }, false, '420 ms, limit 300 ms, 40 % over'],
  ['of failures', { measured: Infinity }, false, 'never, limit 300 ms, too many failed'],
  ['of nothing', { measured: undefined }, false, 'not measured, limit 300 ms'],
  ['turned round', { measured: 420 }, true, '420 ms, not ≤ 300 ms'],
])('a limit in one line, %s', (_, of, negated, said) => {
  expect(verdictNote(verdict(of, negated))).toBe(`p95 latency of chat: ${said}`)
})

test.each(HOSTILE)('a note holds nothing that a terminal or XML would trip over: %s', (_, text) => {
  const notes = [
    verdictNote(verdict({ subject: text })),
    loadNote(sampleRun(CHAT, { seconds: 1, with: { ending: 'stopped', reason: text } })),
  ]
  for (const note of notes) {
    expect(note).not.toMatch(UNSEEN)
    expect(note.isWellFormed()).toBe(true)
    expect(note.length).toBeLessThan(5_000)
  }
})
