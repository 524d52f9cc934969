import type { Loss } from './rendezvous.ts'

/** Who is lost, told once each: also to those who ask later. */
export interface LossWatch {
  found(this: void, loss: Loss): void
  listen(this: void, told: (loss: Loss) => void): void
}

export function lossWatch(): LossWatch {
  const losses = new Map<number, Loss>()
  const listeners = new Set<(loss: Loss) => void>()
  return {
    found: (loss) => {
      if (losses.has(loss.generator)) return
      losses.set(loss.generator, loss)
      for (const told of listeners) told(loss)
    },
    listen: (told) => {
      listeners.add(told)
      for (const loss of losses.values()) told(loss)
    },
  }
}
