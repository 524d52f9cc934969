import type { Command } from './command.ts'

interface Listed {
  readonly about: string
  readonly load: () => Promise<Command>
}

/** What there is, in the order of the help; each is loaded when it is called. */
export const COMMANDS: Readonly<Record<string, Listed>> = {
  init: {
    about: 'set a project up: config, a first test, CI',
    load: async () => (await import('./init.ts')).init,
  },
  run: {
    about: 'run the perf tests, with another profile, users or duration',
    load: async () => (await import('./run.ts')).run,
  },
}
