import { PATHS, type RunStatus } from '../live/asked.ts'
import type { FoundRun } from '../live/running-file.ts'
import { cleanText } from '../report/clean-text.ts'
import { counted } from '../report/figures.ts'
import { liveLines } from '../report/live.ts'
import { bold, dim, renderLine } from '../report/styled-line.ts'
import { command, SHARED } from './command.ts'
import { EXIT } from './exit.ts'
import { ask, findVitest, NOTHING } from './running.ts'
import { outputOf, say, sayJson } from './terminal.ts'

export const status = command({
  usage: 'status',
  about: 'Shows how the perf tests that run now stand.',
  args: { dir: SHARED.dir, json: SHARED.json },
  examples: [
    ['status', 'users, requests, times and limits of each load'],
    ['status --json', 'for a program: {"running": false} when nothing runs'],
  ],
  run: async ({ args }) => {
    const found = findVitest(args.dir)
    const now = found && (await ask<RunStatus>(found, PATHS.status))
    if (args.json === true) sayJson(asJson(found, now))
    else say(asText(found, now))
    return EXIT.fine
  },
})

function asJson(found: FoundRun | undefined, now: RunStatus | undefined): object {
  const place = found && { pid: found.pid, dashboard: found.dashboard !== undefined }
  return { running: now?.run !== undefined, ...place, ...now }
}

function asText(found: FoundRun | undefined, now: RunStatus | undefined): string {
  if (found === undefined) return `${NOTHING.charAt(0).toUpperCase()}${NOTHING.slice(1)}.`
  if (now?.run === undefined)
    return `Vitest waits for changes (pid ${found.pid}); no perf test runs.`
  const terminal = outputOf(process.stdout)
  const { run, loads, ended, failed } = now
  const facts = [
    ...(ended === 0 ? [] : [`${counted(ended, 'test')} ended`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(found.dashboard === undefined ? [] : ['see it: vitest-perf dashboard']),
  ]
  const head = renderLine([' ', bold(run), '  ', dim(facts.join(' · '))], terminal)
  const lines = loads.flatMap(({ title, tick }) =>
    tick === undefined
      ? [renderLine([' ↗ ', cleanText(title), dim('  begins')], terminal)]
      : liveLines(tick, terminal),
  )
  return [head, ...(lines.length === 0 ? ['   no load runs right now'] : lines)].join('\n')
}
