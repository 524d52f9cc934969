import { describe, expect, test } from 'vitest'
import { judgeBaseline, type Asked } from '../../src/baseline/judge-baseline.ts'
import { toMetric } from '../../src/baseline/metric.ts'
import { LOAD, machineBaseline, runs } from './made-runs.ts'

const P95 = toMetric('p95', 'p95')
const ask = (p95: readonly number[], over: Partial<Asked> = {}): Asked => ({
  machine: 'linux',
  load: LOAD,
  runs: runs(...p95),
  operations: ['chat'],
  metrics: [P95],
  tolerance: 0.1,
  confidence: 0.95,
  ...over,
})
const known = { linux: machineBaseline(98, 99, 100, 101, 102) }

test('nothing is known of it', () => {
  expect(judgeBaseline(undefined, ask([100]))).toEqual({ kind: 'absent' })
  expect(judgeBaseline({}, ask([100]))).toEqual({ kind: 'absent' })
})

test('another machine, another load: not comparable, and it is said why', () => {
  const two = { ...known, other: machineBaseline(1) }
  const large = { ...LOAD, users: 50 }
  expect([
    judgeBaseline(known, ask([100], { machine: 'darwin' })),
    judgeBaseline(two, ask([100], { machine: 'darwin' })),
    judgeBaseline(known, ask([100], { load: large })),
  ]).toMatchInlineSnapshot(`
    [
      {
        "kind": "machine",
        "why": "the baseline is of another machine: linux → darwin",
      },
      {
        "kind": "machine",
        "why": "the baseline is of 2 other machines, none is darwin",
      },
      {
        "kind": "load",
        "why": "the baseline is of another load: users 5 → 50",
      },
    ]
  `)
})

describe('figures', () => {
  const judged = (asked: Asked, baseline = known) => {
    const found = judgeBaseline(baseline, asked)
    if (found.kind !== 'compared') throw new Error(found.kind)
    return found.figures.map(({ operation, metric, change, unjudged }) => [
      `${metric.name} of ${operation}`,
      unjudged ?? change?.status,
    ])
  }

  test('are judged where there are enough runs', () => {
    expect(judged(ask([120, 121, 122, 123, 124]))).toEqual([['p95 of chat', 'worse']])
    expect(judged(ask([99, 100, 101, 102, 103]))).toEqual([['p95 of chat', 'within']])
  })

  test('are reported where there are too few, with how many it takes', () => {
    const few = { linux: machineBaseline(100) }
    const two = ask([120, 121], { metrics: [P95, toMetric('p50', 'p50')] })
    expect([...judged(ask([120])), ...judged(two), ...judged(ask([120, 121, 122, 123, 124]), few)])
      .toMatchInlineSnapshot(`
        [
          [
            "p95 of chat",
            "1 run against 5 cannot tell at 95 %: load({ repeats: 2 })",
          ],
          [
            "p95 of chat",
            "2 runs against 5 cannot tell at 95 %: load({ repeats: 3 })",
          ],
          [
            "p50 of chat",
            "2 runs against 5 cannot tell at 95 %: load({ repeats: 3 })",
          ],
          [
            "p95 of chat",
            "5 runs against 1 cannot tell at 95 %: add runs to the baseline with vitest -u",
          ],
        ]
      `)
  })

  test('that one side does not know are reported, and count for no correction', () => {
    const asked = ask([120, 121, 122, 123, 124], {
      operations: ['chat', 'stream'],
      metrics: [P95, toMetric('ttft.p95', 'p')],
    })
    expect(judged(asked)).toMatchInlineSnapshot(`
      [
        [
          "p95 of chat",
          "worse",
        ],
        [
          "ttft.p95 of chat",
          "not measured in this run",
        ],
        [
          "p95 of stream",
          "not measured in this run",
        ],
        [
          "ttft.p95 of stream",
          "not measured in this run",
        ],
      ]
    `)
  })
})
