import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { realClock } from '../../src/clock/clock.ts'
import { STOPPED_FROM } from '../../src/monitors/generator-health.ts'
import { GeneratorWatch } from '../../src/monitors/generator-watch.ts'

/** Keeps the thread from anything else. */
function burn(time: number): void {
  const end = performance.now() + time
  while (performance.now() < end);
}

describe('a generator that is watched', () => {
  test('by its loop, its collections and its CPU, from begin to end', async () => {
    const watch = new GeneratorWatch(realClock)
    watch.begin()
    for (let turn = 0; turn < 12; turn++) {
      burn(100)
      await sleep(0)
    }
    const garbage = Array.from({ length: 2e6 }, (_, at) => ({ at }))
    // Node hands a collection over in a later turn.
    await sleep(20)
    const { watched = 0, loop, gc, cpu } = watch.figures() ?? {}
    expect(garbage).toHaveLength(2e6)
    expect(watched).toBeGreaterThanOrEqual(1_199)
    expect(loop?.busy).toBeGreaterThan(0.9)
    expect(loop?.busiest).toBeGreaterThan(0.9)
    // At any moment of a task of 100 ms, what is due waits for the rest of it: half of it on average.
    expect(loop?.delay.p50).toBeGreaterThan(25)
    expect(loop?.delay.max).toBeGreaterThan(80)
    expect(loop?.stalled).toBeGreaterThan(0.8)
    expect(loop?.series.at(-1)?.at).toBeGreaterThan(1_000)
    expect(gc?.count).toBeGreaterThan(0)
    expect(gc?.max).toBeLessThanOrEqual(gc?.total ?? 0)
    expect(cpu?.process).toBeGreaterThan(0)
    expect(cpu?.cores).toBeGreaterThan(0)
  })

  test('has its delay at any moment, not in any task: one stall of half a second is in the p99', async () => {
    const watch = new GeneratorWatch(realClock)
    watch.begin()
    await sleep(400)
    burn(500)
    await sleep(400)
    const loop = watch.figures()?.loop
    expect(loop?.delay.p99).toBeGreaterThan(400)
    expect(loop?.delay.max).toBeGreaterThan(480)
    expect(loop?.busy).toBeGreaterThan((loop?.stalled ?? 1) / STOPPED_FROM)
  })

  test('is idle when it waits: the period of its timer is no delay', async () => {
    const watch = new GeneratorWatch(realClock)
    watch.begin()
    await sleep(1_200)
    const loop = watch.figures()?.loop
    expect(loop?.busy).toBeLessThan(0.8)
    expect(loop?.delay.p50).toBeLessThan(9)
  })

  test('has the figures of the judged time only: what was before is forgotten, what comes is not in', async () => {
    const watch = new GeneratorWatch(realClock)
    watch.begin()
    burn(300)
    watch.begin()
    await sleep(300)
    watch.end()
    burn(300)
    const { watched = 0, loop } = watch.figures() ?? {}
    expect(watched).toBeGreaterThanOrEqual(299)
    expect(loop?.busy).toBeLessThan(0.8)
    expect(watch.figures()).toBe(watch.figures())
  })

  test('leaves nothing behind: no timer that keeps the process, no figures that move', async () => {
    const active = (): number => process.getActiveResourcesInfo().length
    const before = active()
    for (let turn = 0; turn < 20; turn++) {
      const watch = new GeneratorWatch(realClock)
      watch.begin()
      watch.end()
    }
    expect(active()).toBeLessThanOrEqual(before)
  })

  test('has no figures when it never began', () => {
    expect(new GeneratorWatch(realClock).figures()).toBeUndefined()
  })
})
