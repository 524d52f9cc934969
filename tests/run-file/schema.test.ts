import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { parseRunFile } from '../../src/run-file/parse-run-file.ts'
import type { RunFile } from '../../src/run-file/run-file.ts'
import { runFileSchema } from '../../src/run-file/schema/file.ts'
import { recordedRun, THREE_GENERATORS } from '../support/recorded.ts'
import { SUITE, sampleFile, sampleTest } from '../support/run-file-samples.ts'

/** What a file has that says all that can be said. */
const FULL = sampleFile([
  ...SUITE.tests,
  sampleTest({
    runs: [
      {
        ...recordedRun([{ took: 900, ttft: 80, times: 5 }, { outcome: 'status' }], {
          metrics: (metrics) => {
            metrics.timing('render', 12, { page: 'home' })
            metrics.count('tokens', 512)
            metrics.gauge('queue', 3)
            metrics.rate('cache hit', true)
          },
        }),
        marks: [{ at: 400, kind: 'fault', text: 'killed with SIGKILL' }],
        generators: THREE_GENERATORS,
        partial: true,
      },
    ],
  }),
])

describe('the schema', () => {
  test('knows every field that is written', () => {
    // What it does not know it leaves out of its output.
    expect(runFileSchema.parse(FULL)).toEqual(FULL)
  })

  test('is what the types say', () => {
    expectTypeOf<Changeable<RunFile>>().toExtend<z.input<typeof runFileSchema>>()
  })

  test('is published: vitest-perf/run-file.schema.json', async () => {
    const schema = z.toJSONSchema(runFileSchema, { io: 'input' })
    await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(
      join(import.meta.dirname, '../../run-file.schema.json'),
    )
  })
})

test('a field that a later version added stays where it is', () => {
  const [first, ...rest] = SUITE.tests
  const later = { ...SUITE, mood: 'good', tests: [{ ...first, weather: { sun: true } }, ...rest] }
  expect(parseRunFile(JSON.stringify(later))).toEqual(later)
})

describe('a file of version 1', () => {
  const text = readFileSync(join(import.meta.dirname, 'files/version-1.json'), 'utf8')
  const file = parseRunFile(text)

  test('has its head where it is now', () => {
    const { tests: _, ...head } = file
    expect(head).toMatchInlineSnapshot(`
      {
        "ending": "partial",
        "format": "vitest-perf run",
        "id": "2026-01-31T09-05-07-k3x9",
        "machine": {
          "arch": "x64",
          "cpus": 8,
          "platform": "linux",
        },
        "startedAt": "2026-01-31T09:05:07.000Z",
        "version": 2,
        "versions": {
          "node": "24.21.0",
          "vitest": "5.1.1",
        },
      }
    `)
  })

  test('has its service where it is now, and none where none was watched', () => {
    const runs = file.tests.flatMap(({ record }) => record.runs)
    expect(runs.map(({ title, service }) => [title, service?.label])).toEqual([
      ['100 users chat', 'the service'],
      ['without a service', undefined],
    ])
    expect(runs[0]?.service?.memory).toMatchObject({
      growth: 12e6,
      series: [0, 70e6, 500, 74e6, 1000, 82e6],
    })
    expect(runs[0]).not.toHaveProperty('memory')
  })

  test.each([['"tests":[', '"tests":7,"x":[', 'tests must be a list, got 7']])(
    'that is damaged is found out: %s',
    (from, to, why) => {
      expect(() => parseRunFile(text.replace(from, to))).toThrow(why)
    },
  )
})

type Changeable<T> = T extends readonly (infer E)[]
  ? Changeable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Changeable<T[K]> }
    : T
