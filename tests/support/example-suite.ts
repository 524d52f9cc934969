import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { freePort } from './service-processes.ts'
import { errorsIn } from './vitest-output.ts'
import { startVitest, type VitestRun } from './vitest-process.ts'

/** The suite of an example, run as its reader does. */
export interface ExampleSuite {
  readonly root: string
  /** `npx vitest run …` in its folder, to the end; with a free port for its service. */
  run(args?: readonly string[], env?: Readonly<Record<string, string>>): Promise<VitestRun>
}

/** `port` is the variable that chooses the port of its service; `always` is set in every run. */
export function exampleSuite(
  name: string,
  { port, always = {} }: { port: string; always?: Readonly<Record<string, string>> },
): ExampleSuite {
  const root = join(import.meta.dirname, '../../examples', name)
  return {
    root,
    run: async (args = [], env = {}) => {
      const all = { ...always, [port]: String(await freePort()), ...env }
      const vitest = startVitest({ root, args: ['run', ...args], env: all, terminal: false })
      onTestFinished(() => vitest.kill())
      return vitest.ended
    },
  }
}

/** The limits that a run missed: what each message of its first error begins with, without its figures. */
export function missedIn({ output }: VitestRun): string[] {
  const [wrapped = ''] = errorsIn(output)
  // A line that is too long goes on in the next, further in than what is told under it.
  const error = wrapped.replaceAll(/\n {4,}(?=\S)/g, ' ')
  return [...error.matchAll(/^(\S.*?): .*limit of .*$|^(\S.*?): infinitely slow/gm)].map(
    ([, missed, endless]) => missed ?? `${endless} (infinitely slow)`,
  )
}
