import { defineUser } from 'vitest-perf'
import type { Account } from '../api.ts'
import { endpoints } from '../endpoints.ts'
import { between } from '../sizes.ts'
import { btcWatcherUser, type Watching } from './base.ts'

/** Someone else on the same account may have been faster. */
const OR_CONFLICT = [200, 409]

/** A person with the dashboard open. */
export const realWorldUser = defineUser<Watching, Account>(
  { name: 'RealWorldUser', extends: btcWatcherUser, thinkTime: between(3, 10) },
  {
    checkDashboard: {
      weight: 10,
      run: async ({ state }) => {
        await state.api.overview()
        await state.api.signals({ limit: 10 })
      },
    },
    browseStrategies: {
      weight: 8,
      run: async ({ state, random }) => {
        const strategies = await state.api.strategies()
        if (random() < 0.3) await state.api.strategy(random.pick(strategies).id)
      },
    },
    monitorSignals: {
      weight: 8,
      run: ({ state, random }) => {
        if (random() < 0.5) return state.api.signals({ limit: 20 })
        const pair = random.pick(['BTC/USDT', 'ETH/USDT'])
        return state.api.signals({ pair }, endpoints.signalsByPair)
      },
    },
    manageStrategy: {
      weight: 3,
      run: async ({ state, random }) => {
        const { id, status } = random.pick(await state.api.strategies())
        if (status === 'running') await state.api.stopStrategy(id, OR_CONFLICT)
        else await state.api.startStrategy(id, OR_CONFLICT)
      },
    },
    reviewStatistics: { weight: 5, run: ({ state }) => state.api.statistics() },
  },
)

/** A monitor that asks again and again whether all is well. */
export const apiMonitorUser = defineUser<Watching, Account>(
  { name: 'APIMonitorUser', extends: btcWatcherUser, thinkTime: between(5, 15) },
  {
    checkStrategies: {
      weight: 10,
      run: async ({ state, check }) => {
        const strategies = await state.api.strategies()
        check('there are strategies', strategies.length > 0)
      },
    },
    checkSignals: {
      weight: 10,
      run: async ({ state, check }) => {
        const signals = await state.api.signals({ limit: 1 })
        check('there are signals', signals.length > 0)
      },
    },
    checkToken: { weight: 5, run: ({ state }) => state.api.me() },
  },
)
