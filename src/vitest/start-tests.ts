import type { TestCase, TestModule, Vitest } from 'vitest/node'
import type { SteerAnswer } from '../load/steering.ts'
import type { Starter } from '../live/dashboard.ts'
import type { Start, StartableTest } from '../live/live-page.ts'
import type { StartRequest } from '../live/requests.ts'
import { PROJECT } from './projects.ts'

/** Starts perf tests of a watcher, one at a time. */
export function starterOf(vitest: Vitest): Starter {
  const state = { busy: false }
  return {
    now: (): Start => ({ busy: state.busy, tests: testsOf(vitest) }),
    start: (request: StartRequest): Promise<SteerAnswer> => Promise.resolve(refused(request)),
  }
}

const refused = ({ test }: StartRequest): SteerAnswer => ({
  ok: false,
  message: `there is no ${test}`,
})

const testsOf = (vitest: Vitest): readonly StartableTest[] =>
  vitest.state
    .getTestModules()
    .filter(({ project }) => project.name === PROJECT)
    .flatMap(ofModule)

const ofModule = (module: TestModule): StartableTest[] =>
  [...module.children.allTests()].map((test: TestCase) => ({
    id: test.id,
    file: module.relativeModuleId,
    name: test.fullName,
  }))
