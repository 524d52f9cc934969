import { defineCommand, runCommand, type ArgsDef, type CommandContext } from 'citty'

/** An example and what it does. */
type Example = readonly [line: string, what: string]

/** One command of the command line. */
export interface Command {
  /** `show [run]` */
  readonly usage: string
  /** One sentence. */
  readonly about: string
  /** What the sentence does not say. */
  readonly more?: string | undefined
  readonly args: ArgsDef
  /** Takes any number of positional arguments. */
  readonly many?: boolean | undefined
  readonly examples: readonly Example[]
  /** Gives the exit code. */
  start(rawArgs: readonly string[]): Promise<number>
}

interface Definition<T extends ArgsDef> extends Omit<Command, 'args' | 'start'> {
  readonly args: T
  run(context: CommandContext<T>): Promise<number>
}

export function command<const T extends ArgsDef>(definition: Definition<T>): Command {
  const { usage, about, more, args, many, examples } = definition
  const defined = defineCommand<T>({ args, run: (context) => definition.run(context) })
  return {
    usage,
    about,
    more,
    args,
    many,
    examples,
    start: async (rawArgs) =>
      Number((await runCommand(defined, { rawArgs: [...rawArgs] })).result ?? 0),
  }
}

/** Arguments that more than one command has. */
export const SHARED = {
  json: { type: 'boolean', description: 'JSON in place of text' },
  dir: { type: 'string', valueHint: 'folder', description: 'where the runs are (.vitest/perf)' },
} as const satisfies ArgsDef
