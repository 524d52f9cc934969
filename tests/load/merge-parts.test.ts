import { describe, expect, test } from 'vitest'
import { mergeParts } from '../../src/load/merge-parts.ts'
import type { PartOfGenerator, RunPart } from '../../src/load/run-part.ts'
import { NOTHING_SENT } from '../../src/metrics/sending.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import { packRecording } from '../../src/metrics/recording-part.ts'
import { generator } from '../support/recorded.ts'

/** The steady phase of so many requests of 10 ms. */
function steady(requests: number, from = 0, to = 1_000): RunPart['phases'][number] {
  const recorder = new Recorder(0)
  for (let nth = 0; nth < requests; nth++) {
    const sample = { outcome: 'ok', startedAt: 0, endedAt: 10, firstByteAt: 5 } as const
    recorder.series('chat').record(sample)
    recorder.iteration(sample)
  }
  const recording = packRecording(recorder.state(1_000), recorder.windowsOf())
  return { name: 'steady', from, to, recording }
}

const part = (index: number, over: Partial<RunPart> = {}): PartOfGenerator => ({
  generator: index,
  clock: { offset: 0, uncertainty: 0.1 },
  part: {
    startedAt: `2026-01-01T00:00:0${index}.000Z`,
    ending: 'complete',
    elapsed: 1_000,
    late: 0,
    phases: [steady(4)],
    generator: generator({}),
    sent: NOTHING_SENT,
    busy: 40,
    ...over,
  },
})

describe('the run of all ends as the gravest of its parts', () => {
  test.each<[string, readonly Partial<RunPart>[], string, string | undefined]>([
    ['all came to their end', [{}, {}], 'complete', undefined],
    ['one had a deadline', [{}, { ending: 'deadline' }], 'deadline', undefined],
    [
      'the one that found it is named',
      [
        { ending: 'aborted', reason: 'generator 2 of 2: 60 % failed', told: true },
        { ending: 'aborted', reason: '60 % failed' },
      ],
      'aborted',
      'generator 2 of 2: 60 % failed',
    ],
    [
      'a test that is given up outweighs a listener that stopped',
      [
        { ending: 'stopped', reason: 'enough' },
        { ending: 'interrupted', reason: 'by hand' },
      ],
      'interrupted',
      'generator 2 of 2: by hand',
    ],
    [
      'where nobody found it, all were told',
      [{ ending: 'interrupted', reason: 'generator 3 of 3 is lost: gone', told: true }],
      'interrupted',
      'generator 3 of 3 is lost: gone',
    ],
  ])('%s', (_, parts, ending, reason) => {
    const merged = mergeParts(parts.map((over, index) => part(index, over)))
    expect([merged.ending, merged.reason]).toEqual([ending, reason])
  })
})

describe('the judged time', () => {
  test('goes from the first that began it to the last that ended it', () => {
    const merged = mergeParts([
      part(0, { phases: [steady(1, 5, 1_000)], elapsed: 1_004 }),
      part(1, { phases: [steady(1, 0, 1_010)], elapsed: 1_020 }),
    ])
    expect(merged.phases.map(({ name, from, to }) => [name, from, to])).toEqual([
      ['steady', 0, 1_010],
    ])
    expect(merged.elapsed).toBe(1_020)
  })

  test('is that of the others, where one never began it', () => {
    const merged = mergeParts([
      part(0, { phases: [steady(0, 0, 0)] }),
      part(1, { phases: [steady(2, 500, 1_500)] }),
    ])
    expect(merged.phases.map(({ from, to }) => [from, to])).toEqual([[500, 1_500]])
  })
})

describe('the generators', () => {
  test('are as one the worst of them, with all accounts', () => {
    const tired = generator({ saturated: true, reasons: ['event loop busy 97 %'] })
    const busy = generator({ hostBusy: true, reasons: ['host CPU 99 %'] })
    const all = [part(0), part(1, { generator: tired }), part(2, { generator: busy })]
    const merged = mergeParts(all)
    const account = generator({}).iterations
    expect(merged.generator).toMatchObject({
      saturated: true,
      hostBusy: false,
      reasons: ['generator 2: event loop busy 97 %', 'and 1 of the other 2 generators'],
      iterations: { ok: 3 * account.ok, intended: 3 * account.intended },
      users: { asked: 3 * generator({}).users.asked },
      inFlight: 0.12,
    })
    expect(merged.generators.map(({ number, reasons }) => [number, reasons])).toEqual([
      [1, []],
      [2, ['event loop busy 97 %']],
      [3, ['host CPU 99 %']],
    ])
  })

  test('that are lost are among them, and nothing of them is in the figures', () => {
    const merged = mergeParts([part(0), part(2)], [{ generator: 1, why: 'its process ended' }])
    expect(merged.generators.map(({ number, lost }) => [number, lost])).toEqual([
      [1, undefined],
      [2, 'its process ended'],
      [3, undefined],
    ])
    expect(merged.phases[0]?.recording.iterations.latency.count).toBe(8)
  })

  test('give one run, in whatever order their parts came', () => {
    const all = [part(0), part(1, { phases: [steady(7)] }), part(2)]
    expect(mergeParts(all.toReversed())).toEqual(mergeParts(all))
  })
})

test('what was done to the service is in the run of all, what was done by hand once', () => {
  const steered = (at: number) => ({ at, kind: 'steered', text: 'users 10 → 50' }) as const
  const killed = { at: 300, kind: 'fault', text: 'killed with SIGKILL' } as const
  const merged = mergeParts([
    part(0, { marks: [steered(500), killed] }),
    part(1, { marks: [steered(502)] }),
  ])
  expect(merged.marks).toEqual([killed, steered(500)])
})
