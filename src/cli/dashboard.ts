import { UsageError } from '../errors/usage-error.ts'
import { command, SHARED } from './command.ts'
import { EXIT } from './exit.ts'
import { findVitest } from './running.ts'
import { findRun } from './runs.ts'
import { RUN } from './show.ts'
import { note, say } from './terminal.ts'

export const dashboard = command({
  usage: 'dashboard [run]',
  about: 'Tells the address of the dashboard of the run that goes on, or shows one that is kept.',
  more: 'Perf tests have a dashboard with dashboard: true in perf(), or with PERF_DASHBOARD=1.',
  args: {
    run: {
      ...RUN,
      description: 'one that is kept, finished or not; without it the one that goes on',
    },
    port: { type: 'string', valueHint: 'port', description: 'of a run that is kept (8089)' },
    dir: SHARED.dir,
  },
  examples: [
    ['dashboard', 'the address of the one that runs'],
    ['dashboard latest', 'the charts of the latest run, until Ctrl+C'],
    ['dashboard perf-run.json', 'a run file from elsewhere, such as from a CI job'],
  ],
  run: async ({ args }) => {
    const found = args.run === undefined ? findVitest(args.dir) : undefined
    if (found === undefined) await replay(args.run, args)
    else if (found.dashboard !== undefined) say(found.dashboard)
    else {
      const message = `Vitest with pid ${found.pid} has no dashboard: start it with PERF_DASHBOARD=1`
      throw UsageError.saying('dashboard', message)
    }
    return EXIT.fine
  },
})

interface Where {
  readonly port?: string | undefined
  readonly dir?: string | undefined
}

/** Until it is interrupted. */
async function replay(run: string | undefined, { port, dir }: Where): Promise<void> {
  const { file } = await findRun(run, dir)
  const [{ replayOf }, { serveDashboard }, { dashboardHtml }] = await Promise.all([
    import('../live/dashboard.ts'),
    import('../live/serve.ts'),
    import('../report/dashboard-html.ts'),
  ])
  const served = await serveDashboard(replayOf(file), {
    html: dashboardHtml(),
    ...(port !== undefined && { port: portOf(port) }),
  })
  for (const each of served.notes) note(`! ${each}`)
  say(served.address)
  note(`   ${file.id}, until Ctrl+C`)
  await interrupted()
  await served.close('vitest-perf dashboard has ended')
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new UsageError('--port', 'a port like 8089, or 0 for any', text)
}

/** The server holds no process: this does. */
async function interrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const hold = setInterval(() => {}, 60_000)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => resolve())
  await promise
  clearInterval(hold)
}
