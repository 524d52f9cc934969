import { PassThrough } from 'node:stream'
import type { TestProject } from 'vitest/node'

/** What Vitest gives to a process that runs tests. */
export const environmentOf = ({ vitest, config }: TestProject): Partial<NodeJS.ProcessEnv> => ({
  ...process.env,
  TEST: 'true',
  VITEST: 'true',
  NODE_ENV: process.env.NODE_ENV ?? 'test',
  VITEST_MODE: vitest.config.watch ? 'WATCH' : 'RUN',
  ...vitest.config.env,
  ...config.env,
})

/** The config of one whose verdict is nobody's: it writes no snapshot, and no debugger waits for it. */
export function configOf({ serializedConfig }: TestProject): TestProject['serializedConfig'] {
  const { snapshotOptions, inspector } = serializedConfig
  return {
    ...serializedConfig,
    bail: 0,
    snapshotOptions: { ...snapshotOptions, updateSnapshot: 'none' },
    inspector: { ...inspector, enabled: false },
  }
}

/** The project, for a process whose output is taken instead of shown. */
export function unheard(project: TestProject, take: (text: string) => void): TestProject {
  const stream = new PassThrough()
  stream.setEncoding('utf8').on('data', take)
  const logger = { value: { outputStream: stream, errorStream: stream } }
  const vitest = { value: Object.create(project.vitest, { logger }) as unknown }
  return Object.create(project, { vitest }) as TestProject
}
