import { describe, expect, test } from 'vitest'
import { toLoadRun, type MeasuredRun } from '../../src/load/load-run.ts'
import { assertDelivered } from '../../src/load/undelivered.ts'
import type { GeneratorSummary } from '../../src/monitors/generator-summary.ts'
import { messageOf } from '../support/message-of.ts'
import { generator, recordedRun } from '../support/recorded.ts'

const TIRED = { saturated: true, reasons: ['event loop busy 97 %'] }

const run = (figures: Partial<GeneratorSummary>, over: Partial<MeasuredRun> = {}) =>
  toLoadRun({ ...recordedRun([{}]), ...over, generator: generator(figures) })

describe('a closed load is delivered', () => {
  test.each<[Partial<GeneratorSummary>, string]>([
    [{}, 'when all of its users came to work'],
    [{ users: { asked: 100, reached: 95 } }, 'when 95 % of them did'],
    [{ ...TIRED, waits: { planned: 60_000, late: 3_000 } }, 'when waits were 5 % longer'],
    [{ waits: { planned: 60_000, late: 30_000 } }, 'by a generator that had time: what was late?'],
    [
      { hostBusy: true, reasons: ['…'], waits: { planned: 60_000, late: 30_000 } },
      'on a machine that was busy with other work',
    ],
    [{ ...TIRED, waits: { planned: 999, late: 900 } }, 'when users hardly waited at all'],
    [{ ...TIRED }, 'by a saturated generator whose users never wait'],
  ])('%j: %s', (figures) => {
    const delivered = run(figures)
    expect(assertDelivered(delivered)).toBe(delivered)
  })

  test('when its iterations ended before all users had started', () => {
    const { shape } = recordedRun([])
    if (shape.model !== 'closed') throw new Error('the sample is of a closed load')
    const shared = { ...shape, users: 100, duration: undefined, iterations: 40 }
    const few = run({ users: { asked: 100, reached: 40 } }, { shape: shared })
    expect(assertDelivered(few)).toBe(few)
  })

  test('as it was steered by hand, whatever was planned', () => {
    const marks = [{ at: 0, kind: 'steered', text: 'users 100 → 40' }] as const
    const few = run({ users: { asked: 100, reached: 40 } }, { marks })
    expect(assertDelivered(few)).toBe(few)
    const stopped = run(
      { users: { asked: 100, reached: 40 } },
      { marks: [{ at: 0, kind: 'steered', text: 'stopped by hand' }] },
    )
    expect(() => assertDelivered(stopped)).toThrow('the load was not delivered')
  })

  test('as far as it came, when the test ended it early', () => {
    const few = run({ users: { asked: 100, reached: 40 } }, { ending: 'interrupted' })
    expect(assertDelivered(few)).toBe(few)
  })
})

describe('a closed load is not delivered', () => {
  const why = (figures: Partial<GeneratorSummary>): string =>
    messageOf(() => void assertDelivered(run(figures)))

  test('when more than 5 % of its users never came to work', () => {
    expect(why({ ...TIRED, users: { asked: 2_000, reached: 1_204 } })).toMatchInlineSnapshot(
      `"the load was not delivered: 1,204 of 2,000 users were at work by the end of the judged time, the generator was too busy to start more (event loop busy 97 %). Use fewer users, do less in the scenario, or generate from a faster machine"`,
    )
  })

  test('when its generator made users wait more than 5 % longer than they were to', () => {
    expect(why({ ...TIRED, waits: { planned: 60_000, late: 3_300 } })).toMatchInlineSnapshot(
      `"the load was not delivered: users were to wait 60 s in all (think time, pacing, pauses) and waited 3.3 s longer (5.5 %; ends up to 10 ms late are not counted), so that they asked for less than they should have. The generator was saturated (event loop busy 97 %). Use fewer users, do less in the scenario, or generate from a faster machine"`,
    )
  })
})

describe('a run that several generators made is delivered', () => {
  const of = (...generators: NonNullable<MeasuredRun['generators']>) => run({}, { generators })
  const clock = { offset: 12_345, uncertainty: 0.4 }

  test('when each gave its part, began with the others, and knows their time', () => {
    const delivered = of({ number: 1, late: 0, clock }, { number: 2, late: 500, clock })
    expect(assertDelivered(delivered)).toBe(delivered)
  })

  test.each<[string, NonNullable<MeasuredRun['generators']>[number], string]>([
    [
      'one is lost',
      { number: 2, lost: 'its process ended' },
      'generator 2 of 2: its process ended. What it sent is in no figure',
    ],
    [
      'one began too late',
      { number: 2, late: 501, clock },
      'generator 2 of 2 began 501 ms after the others (at most 500 ms). ' +
        'Use fewer users, do less in the scenario, or generate from a faster machine',
    ],
    [
      'one does not know the time',
      { number: 2, late: 0, clock: { offset: 0, uncertainty: 600 } },
      'the clock of generator 2 of 2 is known to 600 ms only (at most 500 ms): bring it nearer to the rendezvous',
    ],
  ])('not when %s', (_, other, why) => {
    const message = messageOf(() => assertDelivered(of({ number: 1, late: 0, clock }, other)))
    expect(message).toBe(`the load was not delivered: ${why}`)
  })
})
