import type { ArgsDef } from 'citty'
import { padEnd } from '../report/display-width.ts'
import { bold, dim, renderLine, type Line, type Terminal } from '../report/styled-line.ts'
import type { Command } from './command.ts'
import { wrap } from './wrap.ts'

type Row = readonly [left: string, right: string]

/** Help is read in lines of at most so many columns. */
const MOST_COLUMNS = 80

/** What the program can do. */
export function programHelp(
  commands: Readonly<Record<string, { readonly about: string }>>,
  version: string,
  terminal: Terminal,
): string {
  const rows = Object.entries(commands).map(([name, { about }]): Row => [name, about])
  return rendered(
    [
      [bold('vitest-perf'), ' ', dim(version)],
      ['Load and performance tests in Vitest: set up, run, read and compare.'],
      [],
      ['Usage: vitest-perf <command>'],
      [],
      [bold('Commands')],
      ...rowLines(rows),
      [],
      [dim('vitest-perf <command> --help tells more of a command.')],
      [dim('Exit code: 0 fine, 1 a regression or failed tests, 2 bad use or not comparable.')],
    ],
    terminal,
  )
}

/** What one command does, with its arguments and examples. */
export function commandHelp(command: Command, terminal: Terminal): string {
  const { usage, about, more, args, examples } = command
  const positional = rowsOf(args, true)
  const options = rowsOf(args, false)
  return rendered(
    [
      ['Usage: vitest-perf ', bold(usage)],
      [],
      ...paragraph(about),
      ...paragraph(more),
      ...section('Arguments', positional),
      ...section('Options', options),
      ...section(
        'Examples',
        examples.map(([line, what]) => [`vitest-perf ${line}`, what]),
      ),
    ],
    terminal,
  )
}

const paragraph = (text: string | undefined): Line[] =>
  text === undefined ? [] : wrap(text, MOST_COLUMNS).map((line): Line => [line])

const rowsOf = (args: ArgsDef, positional: boolean): Row[] =>
  Object.entries(args)
    .filter(([, { type }]) => (type === 'positional') === positional)
    .map(([name, arg]) => [
      arg.type === 'positional' ? name : `--${name}${valueOf(arg)}`,
      arg.description ?? '',
    ])

const valueOf = ({ type, valueHint, ...arg }: ArgsDef[string]): string => {
  if (type === 'enum' && 'options' in arg) return ` ${arg.options?.join('|')}`
  return type === 'boolean' ? '' : ` <${valueHint ?? 'value'}>`
}

const section = (title: string, rows: readonly Row[]): Line[] =>
  rows.length === 0 ? [] : [[], [bold(title)], ...rowLines(rows)]

/** Two columns; where the second has no room, it is below the first. */
function rowLines(rows: readonly Row[]): Line[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  const room = MOST_COLUMNS - width - 4
  if (room < LEAST_ROOM)
    return rows.flatMap(([left, right]) => [[`  ${left}`], [dim(`      ${right}`)]])
  return rows.flatMap(([left, right]) =>
    wrap(right, room).map((text, at): Line => [
      `  ${padEnd(at === 0 ? left : '', width)}  `,
      dim(text),
    ]),
  )
}

const LEAST_ROOM = 24

const rendered = (lines: readonly Line[], terminal: Terminal): string =>
  lines.map((line) => renderLine(line, terminal)).join('\n')
