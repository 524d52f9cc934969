import { afterAll, aroundEach, beforeAll, expect } from 'vitest'
import { perfMatchers } from './matchers/matchers.ts'
import { finishBaselines } from './vitest/baselines.ts'
import { isPerfProcess, providedConfig } from './vitest/config.ts'
import { ServerControl } from './vitest/server-handle.ts'
import { attemptOnce } from './vitest/attempt-once.ts'
import { ignoreInterrupts } from './vitest/signals.ts'
import { runInScope } from './vitest/test-scope.ts'

expect.extend(perfMatchers)

if (isPerfProcess()) {
  const { control, follower } = providedConfig()
  const server = control === undefined ? undefined : new ServerControl(control, follower)
  ignoreInterrupts()
  // oxlint-disable-next-line no-empty-pattern -- as below
  if (follower === true) beforeAll(({}, { file }) => attemptOnce(file), 0)
  // A file in which no test runs has no beforeAll either: the service stays down.
  beforeAll(async () => {
    await server?.start()
  }, 0)
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of fixtures off it
  afterAll(({}, { file }) => finishBaselines(file), 0)
  aroundEach(async (run, { task, signal, annotate }) => {
    await runInScope({ task, signal, annotate }, server, run)
  }, 0)
}
