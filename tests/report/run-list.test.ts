import { expect, test } from 'vitest'
import { displayWidth } from '../../src/report/display-width.ts'
import { renderRunList } from '../../src/report/run-list.ts'
import { outlineOf, type RunOutline } from '../../src/report/run-outline.ts'
import { sampleFile, sampleTest, SUITE } from '../support/run-file-samples.ts'

const WHOLE = outlineOf(SUITE)
const PARTIAL: RunOutline = {
  ...outlineOf(
    sampleFile([sampleTest({}), sampleTest({ state: 'running' })], { ending: 'partial' }),
  ),
  took: undefined,
  revision: undefined,
}
const LATER: RunOutline = { ...WHOLE, id: '2026-02-01T10-00-00-zzzz', failed: 0, missed: 0 }

test('a run in a line: what was run and what became of it', () => {
  expect(WHOLE).toEqual({
    id: '2026-01-31T09-05-07-k3x9',
    startedAt: '2026-01-31T09:05:07.000Z',
    ending: 'complete',
    took: 60_000,
    tests: 24,
    failed: 1,
    limits: 10,
    missed: 4,
    loads: 2,
    requests: 31_470,
    revision: 'main@6c8682f',
  })
})

test('a list with the revision where there is room', () => {
  const terminal = { columns: 100, colors: false }
  expect(renderRunList([LATER, WHOLE, PARTIAL], terminal)).toMatchInlineSnapshot(`
    "   run                       tests              limits          requests  took  revision
     ✓ 2026-02-01T10-00-00-zzzz  24 passed          10 met            31,470  60 s  main@6c8682f
     ✗ 2026-01-31T09-05-07-k3x9  1 of 24 failed     4 of 10 missed    31,470  60 s  main@6c8682f
     ! 2026-01-31T09-05-07-k3x9  partial, 1 passed  –                      –     –"
  `)
})

test.each([60, 80])('in %i columns the names are whole', (columns) => {
  const list = renderRunList([LATER, WHOLE, PARTIAL], { columns, colors: false })
  for (const line of list.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(columns)
  for (const { id } of [LATER, WHOLE, PARTIAL]) expect(list).toContain(id)
})
