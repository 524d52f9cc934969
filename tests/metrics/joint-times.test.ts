import { describe, expect, test } from 'vitest'
import { joinJointTimes, JointRecorder } from '../../src/metrics/joint-times.ts'

/** Streams of which the nth took n ms, and had its first token after half of that. */
function recorded(count: number, most?: number): JointRecorder {
  const recorder = new JointRecorder(most)
  for (let at = 1; at <= count; at++) recorder.add({ latency: at, ttft: at / 2 }, at % 2)
  return recorder
}

describe('how many streams hold every limit', () => {
  test.each([
    [{}, 100],
    [{ latency: 60 }, 60],
    [{ latency: 60.5, ttft: 20 }, 40],
    [{ latency: 30, ttft: 20 }, 30],
    [{ latency: 0 }, 0],
    [{ tpot: 1_000 }, 0],
  ])('%j: %d of 100', (limits, good) => {
    const joint = recorded(100).data()
    expect([joint.within(limits), joint.count, joint.complete]).toEqual([good, 100, true])
  })

  test('by the second in which they ended', () => {
    const odd = recorded(10).data()
    expect(Object.fromEntries(odd.course({ latency: 5 }))).toEqual({ 0: 2, 1: 3 })
    const joined = joinJointTimes([odd, recorded(4).data()])
    expect(joined?.course({ latency: 3 }).get(1)).toBe(4)
  })

  test('over several blocks', () =>
    expect(recorded(5_000).data().within({ ttft: 2_000 })).toBe(4_000))

  test('a limit is inclusive, for figures that have no exact value too', () => {
    const recorder = new JointRecorder()
    recorder.add({ latency: 0.1 + 0.2 }, 0)
    expect(recorder.data().within({ latency: 0.1 + 0.2 })).toBe(1)
  })

  test('one that is taken back holds none', () => {
    const recorder = recorded(10)
    recorder.remove(4)
    recorder.remove(99)
    expect(recorder.data().within({ latency: 5 })).toBe(4)
  })

  test('of several names together', () => {
    const joined = joinJointTimes([recorded(10).data(), undefined, recorded(100).data()])
    expect([joined?.within({ latency: 5 }), joined?.count]).toEqual([10, 110])
    expect(joinJointTimes([undefined])).toBeUndefined()
  })

  test('what was given out stays as it was', () => {
    const recorder = recorded(10)
    const before = recorder.data()
    recorder.add({ latency: 1 }, 0)
    expect([before.count, before.within({ latency: 1 })]).toEqual([10, 1])
  })

  test('nothing of it goes into JSON', () =>
    expect(JSON.stringify({ joint: recorded(3).data() })).toBe('{}'))
})

describe('beyond the most that are kept', () => {
  test.each([64, 65, 100, 1_000, 12_345])('%d streams, of 64: a part stands for all', (count) => {
    const joint = recorded(count, 64).data()
    expect(joint.count).toBe(count)
    expect(joint.complete).toBe(count === 64)
    const half = joint.within({ latency: count / 2 })
    expect(Math.abs(half - count / 2)).toBeLessThan(count / 25)
  })
})
