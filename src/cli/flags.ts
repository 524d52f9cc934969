import { parseArgs } from 'node:util'
import type { ArgsDef } from 'citty'
import { nearest } from '../errors/nearest.ts'
import { UsageError } from '../errors/usage-error.ts'

interface Taken {
  readonly args: ArgsDef
  readonly many?: boolean | undefined
}

/**
 * Refuses what a command has no argument for, and a flag that wants a value and has none. What follows
 * `--` is another program's.
 * @throws UsageError
 */
export function checkFlags(rawArgs: readonly string[], { args, many }: Taken): void {
  const end = rawArgs.indexOf('--')
  const own = end < 0 ? rawArgs : rawArgs.slice(0, end)
  const named = Object.entries(args).filter(([, { type }]) => type !== 'positional')
  const strings = new Set(named.filter(([, { type }]) => type !== 'boolean').map(([name]) => name))
  const { tokens } = parseArgs({
    args: [...own],
    options: Object.fromEntries(
      named.map(([name]) => [name, { type: strings.has(name) ? 'string' : 'boolean' }]),
    ),
    strict: false,
    tokens: true,
  })
  const given = tokens.filter((token) => token.kind === 'option')
  for (const { name, rawName, value } of given) {
    if (!Object.hasOwn(args, name) || rawName !== `--${name}`) throw unknown(rawName, named)
    // A flag is no value: `--users --json` forgot one.
    if (strings.has(name) && (value === undefined || value === '' || value.startsWith('--'))) {
      throw UsageError.saying(rawName, `${rawName} needs a value: ${rawName} <${hint(args[name])}>`)
    }
    if (!strings.has(name) && value !== undefined) {
      throw UsageError.saying(rawName, `${rawName} takes no value`, value)
    }
  }
  const positionals = tokens.filter((token) => token.kind === 'positional')
  if (many !== true)
    refuseMore(
      positionals.map(({ value }) => value),
      args,
    )
}

function unknown(rawName: string, named: readonly (readonly [string, unknown])[]): UsageError {
  const guess = nearest(
    rawName.replace(/^-+/, ''),
    named.map(([name]) => name),
  )
  const meant = guess === undefined ? '' : `; did you mean --${guess}?`
  return UsageError.saying(rawName, `there is no ${rawName}${meant}`)
}

const hint = (arg: ArgsDef[string] | undefined): string => arg?.valueHint ?? 'value'

function refuseMore(given: readonly string[], args: ArgsDef): void {
  const positionals = Object.values(args).filter(({ type }) => type === 'positional')
  const extra = given[positionals.length]
  if (extra === undefined) return
  const most = positionals.length === 0 ? 'no argument' : 'one argument'
  throw UsageError.saying(extra, `this command takes ${most}: ${JSON.stringify(extra)} is too many`)
}
