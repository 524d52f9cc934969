import { defineUser, sequence } from 'vitest-perf'
import type { Account } from '../api.ts'
import { seconds } from '../sizes.ts'
import { btcWatcherUser, logIn, type Watcher, type Watching } from './base.ts'

/** One of the account's own strategies, of those that nobody deletes. */
const anyOf = async ({ state, random }: Watcher): Promise<number> =>
  random.pick(await state.api.strategies()).id

/** Looks at strategies. */
export const strategyReadUser = defineUser<Watching, Account>(
  { name: 'StrategyReadUser', extends: btcWatcherUser },
  {
    list: { weight: 10, run: ({ state }) => state.api.strategies() },
    page: {
      weight: 5,
      run: ({ state, random }) => state.api.strategiesPage(random.int(0, 15), 5),
    },
    detail: { weight: 8, run: async (user) => user.state.api.strategy(await anyOf(user)) },
    overview: { weight: 5, run: ({ state }) => state.api.overview() },
    logs: { weight: 3, run: async (user) => user.state.api.logs(await anyOf(user)) },
  },
)

const create = async ({ state, user, iteration }: Watcher): Promise<number> => {
  const id = await state.api.createStrategy(`strategy ${user}/${iteration}`)
  state.own.push(id)
  return id
}

/** Creates, updates and deletes strategies of its own; leaves none behind. */
export const strategyWriteUser = defineUser<Watching, Account>(
  {
    name: 'StrategyWriteUser',
    extends: btcWatcherUser,
    onStop: ({ state }) => Promise.all(state.own.map((id) => state.api.deleteStrategy(id))),
  },
  {
    create: { weight: 5, run: create },
    createInvalid: { weight: 1, run: ({ state }) => state.api.createNothing() },
    update: {
      weight: 4,
      run: async (user) => {
        const { state, random } = user
        const id = state.own.at(-1) ?? (await create(user))
        await state.api.updateStrategy(id, random.int(7, 28))
      },
    },
    remove: {
      weight: 2,
      run: async (user) => {
        const { state } = user
        if (state.own.length === 0) await create(user)
        await state.api.deleteStrategy(state.own.pop() ?? 0)
      },
    },
  },
)

interface Operating extends Watching {
  /** The strategy that it starts and stops. */
  readonly strategy: number
}

/** Starts and stops a strategy of its own. */
export const strategyOperationsUser = defineUser<Operating, Account>(
  {
    name: 'StrategyOperationsUser',
    extends: btcWatcherUser,
    onStart: async (user) => {
      const watching = await logIn(user)
      return {
        ...watching,
        strategy: await watching.api.createStrategy(`operated by ${user.user}`),
      }
    },
  },
  {
    // Of two starts in a row the second is a conflict, and rightly so.
    start: { weight: 5, run: ({ state }) => state.api.startStrategy(state.strategy, [200, 409]) },
    stop: { weight: 5, run: ({ state }) => state.api.stopStrategy(state.strategy, [200, 409]) },
    status: { weight: 4, run: ({ state }) => state.api.strategy(state.strategy) },
    logs: { weight: 8, run: ({ state }) => state.api.logs(state.strategy) },
    restart: {
      weight: 2,
      run: sequence([
        ({ state }) => state.api.stopStrategy(state.strategy, [200, 409]),
        ({ state }) => state.api.startStrategy(state.strategy),
      ]),
    },
  },
)

/** The whole life of a strategy, with the pauses of someone who looks at it. */
const manageStrategy = ({ state, user, iteration, pause, group }: Watcher): Promise<void> =>
  group('life of a strategy', async () => {
    const id = await state.api.createStrategy(`life of ${user}/${iteration}`)
    await pause(seconds(2))
    await state.api.strategy(id)
    await pause(seconds(1))
    await state.api.startStrategy(id)
    await pause(seconds(3))
    await state.api.stopStrategy(id)
    await pause(seconds(1))
    await state.api.deleteStrategy(id)
  })

/** Does all of it. */
export const strategyMixedUser = defineUser<Watching, Account>(
  { name: 'StrategyMixedUser', extends: btcWatcherUser },
  {
    createAndManage: { weight: 5, run: manageStrategy },
    browse: {
      weight: 10,
      run: async ({ state, random, pause }) => {
        const strategies = await state.api.strategies()
        await pause(seconds(0.5))
        await state.api.strategy(random.pick(strategies).id)
      },
    },
    overview: { weight: 5, run: ({ state }) => state.api.overview() },
    page: {
      weight: 3,
      run: ({ state, random }) => state.api.strategiesPage(random.int(0, 10), 10),
    },
  },
)
