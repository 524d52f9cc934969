import type { WriteStream } from 'node:tty'
import type { Terminal } from '../report/styled-line.ts'

type Output = Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'hasColors'>>
type Environment = Readonly<Record<string, string | undefined>>

const COLUMNS = 80

/** What is written for: a pipe and a file have 80 columns, and colours only when they are asked for. */
export function outputOf(stream: Output, environment: Environment = process.env): Terminal {
  const { isTTY = false, columns = 0 } = stream
  const width = isTTY && columns > 0 ? Math.min(120, Math.max(60, columns)) : COLUMNS
  return { columns: width, colors: hasColors(stream, environment) }
}

function hasColors({ isTTY = false, hasColors: able }: Output, environment: Environment): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment
  if (NO_COLOR !== undefined || FORCE_COLOR === '0') return false
  if (FORCE_COLOR !== undefined) return true
  return isTTY && TERM !== 'dumb' && able !== undefined
}

/** Prints to stdout. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Prints JSON that a person can read, too. */
export const sayJson = (value: unknown): void => say(JSON.stringify(value, null, 2))

/** Prints beside what a program reads. */
export const note = (text: string): void => void process.stderr.write(`${text}\n`)
