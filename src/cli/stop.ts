import { setTimeout as sleep } from 'node:timers/promises'
import { PATHS, type RunStatus, type StopAnswer } from '../live/asked.ts'
import { isAlive, removeRunningFile, type FoundRun } from '../live/running-file.ts'
import { command, SHARED } from './command.ts'
import { EXIT } from './exit.ts'
import { ask, needVitest, NOTHING } from './running.ts'
import { say } from './terminal.ts'

export const stop = command({
  usage: 'stop',
  about:
    'Stops the perf tests that run now, as Ctrl+C does: loads end gracefully and keep their results.',
  more: 'It waits until they have ended. A single load is stopped on the dashboard, and the tests after it run.',
  args: {
    force: { type: 'boolean', description: 'end Vitest at once; what was on the disk is kept' },
    dir: SHARED.dir,
  },
  examples: [
    ['stop', 'and vitest-perf report for what was measured until then'],
    ['stop --force', 'when it does not end'],
  ],
  run: async ({ args }) => {
    const found = needVitest(args.dir)
    await (args.force === true ? force(found) : end(found))
    return EXIT.fine
  },
})

const EVERY = 300
/** A process that has not ended by then does not answer any more. */
const PATIENCE = 5_000

async function end(found: FoundRun): Promise<void> {
  const run = (await ask<StopAnswer>(found, PATHS.stop))?.run
  if (run === undefined) return say(`${NOTHING}.`)
  say(`${run} stops; its loads keep their results`)
  while ((await ask<RunStatus>(found, PATHS.status))?.run === run) await sleep(EVERY)
  say('ended: vitest-perf show tells what was measured')
}

async function force(found: FoundRun): Promise<void> {
  await ask(found, `${PATHS.stop}?force=1`).catch(() => undefined)
  for (let waited = 0; isAlive(found.pid) && waited < PATIENCE; waited += EVERY) await sleep(EVERY)
  if (isAlive(found.pid)) process.kill(found.pid, 'SIGKILL')
  removeRunningFile(found.path)
  say(`Vitest with pid ${found.pid} has ended: vitest-perf show tells what was on the disk`)
}
