import type { UserContext } from 'vitest-perf'
import type { Report } from '../api.ts'

export const PAIRS = ['BTC/USDT', 'ETH/USDT', 'SOL/USDT', 'BNB/USDT']

/** A signal as FreqTrade sends it. */
export const reportOf = (action: Report['action'], random: UserContext['random']): Report => ({
  pair: random.pick(['BTC/USDT', 'ETH/USDT']),
  action,
  current_rate: 40_000 + random() * 10_000,
  indicators: {
    signal_strength: random.pick([0.9, 0.7, 0.5]),
    rsi: 30 + random() * 40,
    macd: random() * 200 - 100,
  },
})
