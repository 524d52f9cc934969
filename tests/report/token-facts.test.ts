import { describe, expect, test } from 'vitest'
import type { StreamTiming } from '../../src/metrics/sample.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { timesOf, warningsOf } from '../../src/report/run-facts.ts'
import { renderTerminal } from '../../src/report/terminal.ts'
import { stopsOf, tokensOf } from '../../src/report/token-facts.ts'
import { recordedRun } from '../support/recorded.ts'
import { sampleFile, sampleTest } from '../support/run-file-samples.ts'

/** Twenty tokens, one each 10 ms from 100 ms on, as chunks or as the service counted. */
const CHUNKS: Partial<StreamTiming> = {
  gaps: Array.from({ length: 19 }, () => 10),
  chunks: Array.from({ length: 20 }, () => 1),
  tokens: { count: 20, source: 'chunks' },
  tpot: 10,
}
const COUNTED: Partial<StreamTiming> = { ...CHUNKS, tokens: { count: 60, source: 'usage' } }

const run = (stream: Partial<StreamTiming>, ttft = 100): ReturnType<typeof recordedRun> =>
  recordedRun([{ name: 'stream', ttft, took: 290, stream, times: 100 }])

describe('the tokens of a run', () => {
  test('as the service counted them', () =>
    expect(tokensOf(run(COUNTED))).toBe('6,000 · 600/s · 100/s per user · TPOT p95 10 ms'))

  test('nobody counted are chunks', () =>
    expect(tokensOf(run(CHUNKS))).toBe('2,000 (chunks) · 200/s · 100/s per user · TPOT p95 10 ms'))

  test('are not spoken of where nothing streams', () =>
    expect(tokensOf(recordedRun([{}]))).toBeUndefined())
})

test('streams that were stopped, by how long that took', () => {
  const stopped = recordedRun([
    { name: 'stream', ttft: 10, took: 20, stream: { stopLatency: 4 }, times: 9 },
    { name: 'stream', ttft: 10, took: 20, stream: { stopLatency: 30 } },
  ])
  expect(stopsOf(stopped)).toBe('10 streams · p50 4 ms · p95 30 ms')
  expect(stopsOf(run(CHUNKS))).toBeUndefined()
  const file = sampleFile([sampleTest({ state: 'failed', runs: [stopped] })])
  expect(renderTerminal(file, { columns: 80, colors: false })).toContain('10 streams · p50 4 ms')
  expect(renderMarkdown(file)).toContain('Stopped: 10 streams · p50 4 ms')
})

test('chunks of several tokens are noted: the gaps are theirs', () => {
  expect(timesOf(run(COUNTED))).toEqual(['3 tokens per chunk: gaps are between chunks'])
  expect(timesOf(run(CHUNKS))).toEqual([])
})

test('a service that gathers its answer does not stream', () => {
  expect(warningsOf(run(CHUNKS, 280))).toEqual(['100 of 100 streams were buffered, not streamed'])
  expect(warningsOf(run(CHUNKS, 100))).toEqual([])
})

test('all of it stands in the terminal, within 80 columns, and in Markdown', () => {
  const file = sampleFile([sampleTest({ state: 'failed', runs: [run(CHUNKS, 280)] })])
  const lines = renderTerminal(file, { columns: 80, colors: false }).split('\n')
  const shown = lines.filter((line) => /tokens|buffered/.test(line))
  expect(shown).toMatchInlineSnapshot(`
    [
      "   ! 100 of 100 streams were buffered, not streamed",
      "   tokens    2,000 (chunks) · 200/s · 100/s per user · TPOT p95 10 ms",
    ]
  `)
  expect(lines.filter((line) => line.length > 80)).toEqual([])
  const markdown = renderMarkdown(file).split('\n')
  expect(markdown.filter((line) => /Tokens|buffered/.test(line))).toMatchInlineSnapshot(`
    [
      "- ⚠️ 100 of 100 streams were buffered, not streamed",
      "Tokens: 2,000 (chunks) · 200/s · 100/s per user · TPOT p95 10 ms",
    ]
  `)
})
