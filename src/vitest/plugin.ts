import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vitest/config'
import type { Vitest } from 'vitest/node'
import { redact } from '../clients/redact.ts'
import { addRoutes } from './add-routes.ts'
import { hasReader } from './annotate.ts'
import { ControlServer, controlPath } from './control-server.ts'
import { resolveOptions, type PerfOptions, type ResolvedOptions } from './options.ts'
import { takeOneOrder } from './one-order.ts'
import { Outside } from './outside.ts'
import type { PerfConfig } from './perf-config.ts'
import { excludeElsewhere, holdSettings, runLast, showMistakes } from './perf-project.ts'
import { PROJECT, projectsFor } from './projects.ts'
import { PerfReporter, type RunFileTold } from './reporter.ts'
import { hideSecrets } from './secrets.ts'
import { declareTags, filterByTags } from './tags.ts'
import { variablesOf } from './told.ts'
import { holdBackFirstRun, rerunOnlyWhenChanged } from './watch-mode.ts'

/**
 * The plugin: makes the perf tests a project of their own that runs alone and last, starts the service
 * under test when one of them runs, and reports.
 * @throws UsageError listing every mistake in the options
 */
export function perf(options: PerfOptions = {}): Plugin {
  const resolved = resolveOptions(options, process.env)
  hideSecrets(resolved.config.redact)
  const setup = fileURLToPath(import.meta.resolve('vitest-perf/setup'))
  return {
    name: 'vitest-perf',
    enforce: 'pre',
    config: (config) => ({
      test: projectsFor(config.test ?? {}, resolved.include, setup),
    }),
    configureVitest: ({ vitest, project }) => {
      showMistakes(project)
      const { control, live } = install(vitest, resolved)
      if (project.name !== PROJECT) return
      const told: PerfConfig = { ...resolved.config, control, live, annotate: hasReader(vitest) }
      project.provide('vitest-perf', JSON.stringify(told))
      holdSettings(project, resolved.include)
      filterByTags(project, process.env.PERF_TAGS)
      holdBackFirstRun(vitest, project)
    },
  }
}

/** What the run file says of the options. */
const toldOf = ({ baseUrl, wsUrl }: ResolvedOptions['config']): RunFileTold => ({
  target: {
    ...(baseUrl !== undefined && { baseUrl: redact(baseUrl) }),
    ...(wsUrl !== undefined && { wsUrl: redact(wsUrl) }),
  },
  environment: variablesOf(process.env),
})

interface Installed {
  /** Where test processes reach the control server; `undefined` when there is no service to start. */
  readonly control: string | undefined
  /** Where they tell what their loads do. */
  readonly live: string
}

// Vitest reads the config once for each project, so there are several plugins but one of everything else. A watcher
// whose config file changes stays the same Vitest, with another config.
const installed = new WeakMap<Vitest['config'], Installed>()

function install(
  vitest: Vitest,
  { services, include, report, dashboard, config }: ResolvedOptions,
): Installed {
  const before = installed.get(vitest.config)
  if (before !== undefined) return before
  const live = controlPath()
  const control = services.length === 0 ? undefined : live
  const server = new ControlServer(services, live)
  installed.set(vitest.config, { control, live })
  addRoutes(server, vitest)
  const outside = new Outside({ vitest, server, socket: live, dashboard })
  vitest.config.reporters.push(new PerfReporter(server, toldOf(config), report, outside))
  onEnd(vitest, async (restarts) => {
    await outside.close(restarts ? undefined : 'Vitest has ended')
    await server.close()
  })
  declareTags(vitest)
  runLast(vitest)
  if (config.place !== undefined) takeOneOrder(vitest)
  excludeElsewhere(vitest, include)
  rerunOnlyWhenChanged(vitest)
  return { control, live }
}

/** Vitest keeps its listeners when it starts anew: each is for the start that it was made in. */
function onEnd(vitest: Vitest, end: (restarts: boolean) => Promise<void>): void {
  const state = { restarts: false, over: false }
  vitest.onServerRestart(() => {
    state.restarts = true
  })
  vitest.onClose(async () => {
    if (state.over) return
    state.over = true
    await end(state.restarts)
  })
}
