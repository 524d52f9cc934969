import { cpuUsed } from '../common/answer-calls.ts'
import type { Opened, Times } from './ours.ts'

/**
 * Timers at the same rate that start nothing: how late the machine itself is, and what the waiting costs
 * at least.
 */
export async function bare(rate: number, { duration }: Times): Promise<Opened> {
  const lags: number[] = []
  const gap = 1_000 / rate
  const [cpu, startedAt] = [cpuUsed(), performance.now()]
  await new Promise<void>((resolve) => {
    const turn = (): void => {
      const now = performance.now() - startedAt
      while (lags.length * gap <= now) lags.push(now - lags.length * gap)
      if (now >= duration) resolve()
      else setTimeout(turn, Math.max(1, lags.length * gap - now))
    }
    turn()
  })
  const busy = (cpuUsed() - cpu) / (performance.now() - startedAt)
  const sorted = lags.toSorted((left, right) => left - right)
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
  return { delivered: 1, lagP50: at(0.5), lagP99: at(0.99), cpu: busy }
}
