import { defineUser } from 'vitest-perf'
import type { Account, Report } from '../api.ts'
import { endpoints } from '../endpoints.ts'
import { between, seconds } from '../sizes.ts'
import { btcWatcherUser, logIn, type Watcher, type Watching } from './base.ts'
import { PAIRS, reportOf } from './reports.ts'

/** A signal may go with its strategy between the list and the click. */
const MAY_BE_GONE = [200, 404]

const readAny = async ({ state, random }: Watcher): Promise<void> => {
  const signals = await state.api.signals()
  await state.api.signal(random.pick(signals).id, MAY_BE_GONE)
}

/** Looks at signals, one filter at a time. */
export const signalReadUser = defineUser<Watching, Account>(
  { name: 'SignalReadUser', extends: btcWatcherUser },
  {
    list: { weight: 10, run: ({ state }) => state.api.signals() },
    page: {
      weight: 5,
      run: ({ state, random }) =>
        state.api.signals({ skip: random.int(0, 50), limit: 10 }, endpoints.signalsPage),
    },
    byPair: {
      weight: 5,
      run: ({ state, random }) =>
        state.api.signals({ pair: random.pick(PAIRS) }, endpoints.signalsByPair),
    },
    byAction: {
      weight: 4,
      run: ({ state, random }) =>
        state.api.signals({ action: random.pick(['buy', 'sell']) }, endpoints.signalsByAction),
    },
    byStrength: {
      weight: 3,
      run: ({ state, random }) =>
        state.api.signals(
          { strength_level: random.pick(['strong', 'medium', 'weak']) },
          endpoints.signalsByStrength,
        ),
    },
    detail: { weight: 6, run: readAny },
    statistics: { weight: 4, run: ({ state }) => state.api.statistics() },
  },
)

interface Reporting extends Watching {
  /** The strategy that it reports signals of. */
  readonly strategy: number
}

const send =
  (action: Report['action']) =>
  ({ state, random }: Watcher<Reporting>) =>
    state.api.webhook(state.strategy, reportOf(action, random))

/** A trading bot that reports its signals. */
export const signalWebhookUser = defineUser<Reporting, Account>(
  {
    name: 'SignalWebhookUser',
    extends: btcWatcherUser,
    thinkTime: between(2, 10),
    onStart: async (user) => {
      const watching = await logIn(user)
      const strategies = await watching.api.strategies()
      return { ...watching, strategy: user.random.pick(strategies).id }
    },
  },
  {
    buy: { weight: 10, run: send('buy') },
    sell: { weight: 10, run: send('sell') },
    invalid: {
      weight: 1,
      run: ({ state }) => state.api.webhook(state.strategy, { action: 'panic' }, [422]),
    },
    rapid: {
      weight: 2,
      run: async (user) => {
        for (let sent = 0; sent < 5; sent += 1) {
          await send('buy')(user)
          await user.pause(seconds(0.1))
        }
      },
    },
  },
)

/** Asks for what takes an index, a range or a sum. */
export const signalComplexQueryUser = defineUser<Watching, Account>(
  { name: 'SignalComplexQueryUser', extends: btcWatcherUser },
  {
    combinedFilters: {
      weight: 5,
      run: ({ state, random }) =>
        state.api.signals(
          { pair: random.pick(PAIRS), action: 'buy', strength_level: 'strong', limit: 50 },
          endpoints.signalsByPair,
        ),
    },
    dateRange: {
      weight: 4,
      run: ({ state, random }) =>
        state.api.signals({ ...lastDays(random.int(1, 30)), limit: 100 }, endpoints.signalsPage),
    },
    aggregation: {
      weight: 3,
      run: ({ state, random }) => state.api.statistics(lastDays(random.int(7, 30))),
    },
    deepPage: {
      weight: 2,
      run: ({ state }) => state.api.signals({ skip: 80, limit: 20 }, endpoints.signalsPage),
    },
  },
)

const lastDays = (days: number): { from: string; to: string } => ({
  from: new Date(Date.now() - days * 86_400_000).toISOString(),
  to: new Date().toISOString(),
})

/** Browses as people do: a list, a filter, a detail. */
export const signalMixedUser = defineUser<Watching, Account>(
  { name: 'SignalMixedUser', extends: btcWatcherUser },
  {
    browse: { weight: 10, run: ({ state }) => state.api.signals({ limit: 20 }) },
    filter: {
      weight: 5,
      run: ({ state, random }) =>
        state.api.signals(
          { pair: random.pick(PAIRS), action: random.pick(['buy', 'sell']) },
          endpoints.signalsByAction,
        ),
    },
    detail: { weight: 5, run: readAny },
    statistics: { weight: 3, run: ({ state }) => state.api.statistics() },
    searchAndRead: {
      weight: 2,
      run: async ({ state, random, pause }) => {
        const strong = { strength_level: 'strong' }
        const signals = await state.api.signals(strong, endpoints.signalsByStrength)
        await pause(seconds(1))
        await state.api.signal(random.pick(signals).id, MAY_BE_GONE)
      },
    },
  },
)
