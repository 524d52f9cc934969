import { nearest } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'
import { red, renderLine } from '../report/styled-line.ts'
import type { Command } from './command.ts'
import { COMMANDS } from './commands.ts'
import { EXIT } from './exit.ts'
import { checkFlags } from './flags.ts'
import { commandHelp, programHelp } from './help.ts'
import { ownVersion } from './own-version.ts'
import { note, outputOf, say } from './terminal.ts'
import { wrap } from './wrap.ts'

/** Runs a command to its end; gives the exit code. Errors are told in a line or two. */
export async function main(argv: readonly string[]): Promise<number> {
  process.stdout.on('error', endQuietly)
  try {
    return await dispatch(argv)
  } catch (error) {
    tell(error)
    return EXIT.unusable
  }
}

async function dispatch([name, ...rest]: readonly string[]): Promise<number> {
  const terminal = outputOf(process.stdout)
  if (name === undefined || HELP.has(name)) {
    const [of] = rest
    const about = of === undefined ? undefined : COMMANDS[of]
    say(
      about === undefined
        ? programHelp(COMMANDS, ownVersion(), terminal)
        : commandHelp(await about.load(), terminal),
    )
    return name === undefined ? EXIT.unusable : EXIT.fine
  }
  if (name === '--version' || name === '-v') {
    say(ownVersion())
    return EXIT.fine
  }
  const command = await named(name)
  if (asksForHelp(rest)) {
    say(commandHelp(command, terminal))
    return EXIT.fine
  }
  checkFlags(rest, command)
  return command.start(rest)
}

const HELP = new Set(['--help', '-h', 'help'])

const asksForHelp = (args: readonly string[]): boolean => {
  const end = args.indexOf('--')
  const own = end < 0 ? args : args.slice(0, end)
  return own.includes('--help') || own.includes('-h')
}

async function named(name: string): Promise<Command> {
  const listed = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (listed !== undefined) return listed.load()
  const guess = nearest(name, Object.keys(COMMANDS))
  const meant = guess === undefined ? 'vitest-perf --help lists them' : `did you mean ${guess}?`
  throw UsageError.saying(name, `there is no command ${JSON.stringify(name)}; ${meant}`, name)
}

function tell(error: unknown): void {
  const terminal = outputOf(process.stderr)
  const message = error instanceof Error ? error.message : String(error)
  const lines = message.split('\n').flatMap((line) => wrap(line, terminal.columns - 2))
  for (const [at, line] of lines.entries()) {
    note(renderLine([at === 0 ? red('✗') : ' ', ` ${line}`], terminal))
  }
}

/** Whoever reads may stop reading: `vitest-perf show | head`. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(EXIT.fine)
}
