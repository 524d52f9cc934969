import { answerCalls } from '../common/answer-calls.ts'
import { heldBytes } from '../common/held-bytes.ts'
import { seededRandom } from '../../src/stats/random.ts'
import { Recorder } from '../../src/metrics/recorder.ts'

const EACH_SECOND = 1_000
/** Kept, so that what is measured cannot be collected. */
const kept: Recorder[] = []

answerCalls({
  /** Bytes that a series holds after so many seconds of operations. */
  series: (seconds: number): number => {
    const before = heldBytes()
    const random = seededRandom(1)
    const recorder = new Recorder(0)
    kept.push(recorder)
    for (let at = 0; at < seconds * EACH_SECOND; at++) {
      const firstByteAt = at + 10 * Math.exp(1.5 * random())
      const endedAt = firstByteAt + 0.2
      recorder.series('GET /').record({ outcome: 'ok', startedAt: at, firstByteAt, endedAt })
    }
    return heldBytes() - before
  },
})
