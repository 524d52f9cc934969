import { RendezvousError } from '../cluster/rendezvous.ts'
import { realClock } from '../clock/clock.ts'
import { sleep } from '../clock/sleep.ts'
import type { Collective, JointLoad } from '../load/collective.ts'
import type { Ms } from '../units/units.ts'

/** Who has left is told of by two ways; the one that knows why may be the slower one. */
const WHY_LATER: Ms = 5_000

/**
 * The same generators, but no load waits for one of them that has ended.
 * @param gone aborts with an error that says which and why
 */
export function untilGone(collective: Collective, gone: AbortSignal): Collective {
  const knowing = async <T>(given: AbortSignal, wait: (signal: AbortSignal) => Promise<T>) => {
    try {
      gone.throwIfAborted()
      return await wait(AbortSignal.any([given, gone]))
    } catch (error) {
      if (error instanceof RendezvousError) await sleep(realClock, WHY_LATER, gone).catch(() => {})
      // Thrown here, it leads to the load.
      if (gone.aborted) throw new RendezvousError((gone.reason as Error).message)
      throw error
    }
  }
  return {
    share: collective.share,
    join: async (load) => {
      const joint = await knowing(load.signal, (signal) => collective.join({ ...load, signal }))
      const start: JointLoad['start'] = (given) => knowing(given, (signal) => joint.start(signal))
      return withStart(joint, start)
    },
  }
}

/** A joint load with another `start`; whatever it is made of. */
const withStart = (joint: JointLoad, start: JointLoad['start']): JointLoad => ({
  share: joint.share,
  seed: joint.seed,
  start,
  end: (ending) => joint.end(ending),
  onEnd: (ends) => joint.onEnd(ends),
  steer: (command) => joint.steer(command),
  onSteer: (steers) => joint.onSteer(steers),
  pulse: (pulse) => joint.pulse(pulse),
  onPulse: (look) => joint.onPulse(look),
  merge: (part, within) => joint.merge(part, within),
  fail: (error) => joint.fail(error),
})
