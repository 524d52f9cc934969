import { setTimeout as sleep } from 'node:timers/promises'
import { PATHS, type LogAnswer } from '../live/asked.ts'
import { command, SHARED } from './command.ts'
import { EXIT } from './exit.ts'
import { ask, needVitest, NOTHING } from './running.ts'
import { note, say } from './terminal.ts'
import { wholeNumber } from './whole-number.ts'

export const logs = command({
  usage: 'logs',
  about: 'Shows what the services under test have written, without colours and secrets.',
  args: {
    lines: { type: 'string', valueHint: 'n', description: 'the last n lines (100)' },
    follow: { type: 'boolean', description: 'and what they write from now on, until the run ends' },
    dir: SHARED.dir,
  },
  examples: [
    ['logs --lines 20', 'the last of it'],
    ['logs --follow', 'all of it as it comes; Ctrl+C ends that, and not the run'],
  ],
  run: async ({ args }) => {
    const lines: string | undefined = args.lines
    const most = lines === undefined ? 100 : wholeNumber('--lines', lines)
    const found = needVitest(args.dir)
    let answer = await ask<LogAnswer>(found, `${PATHS.logs}?lines=${most}`)
    if (answer === undefined) note(`! ${NOTHING}`)
    while (answer !== undefined) {
      for (const line of answer.lines) say(line)
      if (args.follow !== true) break
      await sleep(EVERY)
      answer = await ask<LogAnswer>(found, `${PATHS.logs}?after=${answer.count}`)
    }
    return EXIT.fine
  },
})

const EVERY = 500
