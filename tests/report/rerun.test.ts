import { describe, expect, test } from 'vitest'
import { displayWidth } from '../../src/report/display-width.ts'
import { rerunLines, rerunOf } from '../../src/report/rerun.ts'
import { HOSTILE } from '../support/hostile.ts'
import { CHAT, sampleRun, sampleTest } from '../support/run-file-samples.ts'

const runs = [sampleRun(CHAT, { seconds: 1 })]

test.each([
  [
    'a test without a load',
    sampleTest({}),
    "npx vitest run tests/perf/chat.perf.ts -t '100 users chat'",
  ],
  [
    'with the seed of its load',
    sampleTest({ runs }),
    "PERF_SEED=43 npx vitest run tests/perf/chat.perf.ts -t '100 users chat'",
  ],
  [
    'in a group, with what an expression would take for its own',
    sampleTest({ name: 'shop > pays (twice)?' }),
    String.raw`npx vitest run tests/perf/chat.perf.ts -t 'shop pays \(twice\)\?'`,
  ],
  [
    'in quotes of a shell',
    sampleTest({ name: "it's $HOME" }),
    String.raw`npx vitest run tests/perf/chat.perf.ts -t 'it'\''s \$HOME'`,
  ],
])('%s', (_, entry, command) => expect(rerunOf(entry)).toBe(command))

test('on two lines where one has no room, to be copied as they stand', () => {
  expect(rerunLines(sampleTest({ runs }), 60)).toEqual([
    'PERF_SEED=43 npx vitest run tests/perf/chat.perf.ts \\',
    "  -t '100 users chat'",
  ])
})

test('not at all where not even its file has room: half a command is worse than none', () => {
  expect(rerunLines(sampleTest({ runs }), 40)).toEqual([])
})

describe.each([
  ...HOSTILE,
  ['marks without a width', 'a\u0301\u0301'.repeat(200)],
  ['wide characters', '表情文字'.repeat(50)],
  ['what has to be escaped', '(.*)'.repeat(50)],
] as const)('a name with %s', (_, name) => {
  test('is cut to the line', () => {
    const [, line = ''] = rerunLines(sampleTest({ name }), 60)
    expect(displayWidth(line)).toBeLessThanOrEqual(60)
  })
})
