import { test as base, type TestAPI, type TestContext } from 'vitest'
import type { SessionDefinition } from '../clients/session-definition.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Perf } from './perf.ts'
import { perfOf } from './test-scope.ts'

/** The fixtures of `test`. */
export interface PerfFixtures extends Perf {
  /** How a session is spoken to, in code: `test.override({ sessionDefinition: defineSession({…}) })`. */
  readonly sessionDefinition: SessionDefinition | undefined
}

type Use<T> = (value: T) => Promise<void>
type Context = Pick<TestContext, 'task'>
type WithDefinition = Context & Pick<PerfFixtures, 'sessionDefinition'>

function speaking({ task, sessionDefinition }: WithDefinition): ReturnType<typeof perfOf> {
  const perf = perfOf(task)
  perf.definition = sessionDefinition ?? perf.definition
  return perf
}

// Vitest reads the names that a fixture needs off its first parameter, so each one destructures it.
const fixtures = {
  // oxlint-disable-next-line no-empty-pattern -- it needs none
  sessionDefinition: async ({}, use: Use<SessionDefinition | undefined>) => use(undefined),
  http: async ({ task }: Context, use: Use<Perf['http']>) => use(perfOf(task).http),
  fetch: async ({ task }: Context, use: Use<Perf['fetch']>) => use(perfOf(task).fetch),
  url: async ({ task }: Context, use: Use<Perf['url']>) => use(perfOf(task).url),
  session: async ({ task, sessionDefinition }: WithDefinition, use: Use<Perf['session']>) => {
    const { session } = speaking({ task, sessionDefinition })
    await session.open()
    await use(session)
  },
  sessions: async ({ task, sessionDefinition }: WithDefinition, use: Use<Perf['sessions']>) =>
    use(speaking({ task, sessionDefinition }).sessions),
  ws: async ({ task }: Context, use: Use<Perf['ws']>) => use(perfOf(task).ws),
  load: async ({ task, sessionDefinition }: WithDefinition, use: Use<Perf['load']>) =>
    use(speaking({ task, sessionDefinition }).load),
  concurrently: async (
    { task, sessionDefinition }: WithDefinition,
    use: Use<Perf['concurrently']>,
  ) => use(speaking({ task, sessionDefinition }).concurrently),
  measure: async ({ task }: Context, use: Use<Perf['measure']>) => use(perfOf(task).measure),
  monitor: async ({ task }: Context, use: Use<Perf['monitor']>) => use(perfOf(task).monitor),
  server: async ({ task }: Context, use: Use<Perf['server']>) => use(perfOf(task).server),
  retained: async ({ task }: Context, use: Use<Perf['retained']>) => use(perfOf(task).retained),
  metrics: async ({ task }: Context, use: Use<Perf['metrics']>) => use(perfOf(task).metrics),
  check: async ({ task }: Context, use: Use<Perf['check']>) => use(perfOf(task).check),
  group: async ({ task }: Context, use: Use<Perf['group']>) => use(perfOf(task).group),
}

/** Vitest's `test` with the fixtures of this package. */
export const test: TestAPI<PerfFixtures> = base.extend<PerfFixtures>(fixtures)

/**
 * A suite's own `test` with the fixtures of this package.
 * @throws UsageError when it has a fixture of the same name already
 */
export function withPerf<C extends object>(theirs: TestAPI<C>): TestAPI<C & PerfFixtures> {
  const taken = Object.keys(fixtures).filter((name) => hasFixture(theirs, name))
  if (taken.length > 0) {
    throw UsageError.saying(
      'withPerf(test)',
      `withPerf(test) would replace ${taken.length === 1 ? 'a fixture' : 'fixtures'} of this test: ${taken.join(', ')}. Rename ${taken.length === 1 ? 'it' : 'them'}, or keep the test as it is and call usePerf() in its body`,
      taken,
    )
  }
  return theirs.extend<PerfFixtures>(fixtures as never) as TestAPI<C & PerfFixtures>
}

/**
 * Whether a test knows a fixture. Vitest has no list of them, but refuses a fixture that depends on an
 * unknown one, and it reads that name off the function's source.
 */
function hasFixture<C extends object>(theirs: TestAPI<C>, name: string): boolean {
  const probe = Object.assign(() => {}, { toString: () => `({ ${name} }, use) => {}` })
  try {
    theirs.extend({ 'vitest-perf probe': probe } as never)
    return true
  } catch {
    return false
  }
}
