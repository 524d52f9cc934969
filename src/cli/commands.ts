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
  status: {
    about: 'show how the perf tests that run now stand',
    load: async () => (await import('./status.ts')).status,
  },
  stop: {
    about: 'stop them; loads keep their results',
    load: async () => (await import('./stop.ts')).stop,
  },
  logs: {
    about: 'show what the services under test write',
    load: async () => (await import('./logs.ts')).logs,
  },
  dashboard: {
    about: 'the address of the dashboard, or the charts of a run that is kept',
    load: async () => (await import('./dashboard.ts')).dashboard,
  },
  results: {
    about: 'list the runs that are kept',
    load: async () => (await import('./results.ts')).results,
  },
  show: {
    about: 'show the summary of a run',
    load: async () => (await import('./show.ts')).show,
  },
  report: {
    about: 'write the HTML report of a run',
    load: async () => (await import('./report.ts')).report,
  },
  compare: {
    about: 'compare runs: what got slower, beyond the noise',
    load: async () => (await import('./compare.ts')).compare,
  },
  export: {
    about: 'write a run as Locust CSV, k6 summary or Markdown',
    load: async () => (await import('./export.ts')).exportRunAs,
  },
  clean: {
    about: 'delete runs that are kept',
    load: async () => (await import('./clean.ts')).clean,
  },
}
