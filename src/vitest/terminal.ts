import type { Terminal } from '../report/styled-line.ts'

interface Output {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** What a terminal without a width is taken for, and what a log is written for. */
const COLUMNS = 80

/** What the summary is written for: below Vitest's own lines, in colours when those are. */
export function terminalOf(
  { isTTY = false, columns = 0 }: Output,
  environment: Readonly<Record<string, string | undefined>>,
  { argv, brief = false }: { readonly argv: readonly string[]; readonly brief?: boolean },
): Terminal {
  const width = isTTY && columns > 0 ? Math.min(120, Math.max(60, columns)) : COLUMNS
  return {
    columns: width,
    colors: hasColors(
      isTTY && !brief,
      brief ? { ...environment, CI: undefined } : environment,
      argv,
    ),
  }
}

/** Vitest's rule, but for `FORCE_COLOR=0`, which it takes for a yes. */
function hasColors(
  isTTY: boolean,
  { NO_COLOR, FORCE_COLOR, TERM, CI }: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): boolean {
  if (NO_COLOR !== undefined || FORCE_COLOR === '0' || argv.includes('--no-color')) return false
  if (FORCE_COLOR !== undefined || argv.includes('--color')) return true
  return CI !== undefined || (isTTY && TERM !== 'dumb')
}

/**
 * Whether an agent reads along. Vitest takes its `minimal` reporter then, without colours: passed tests
 * are not told one by one. Who asks for that reporter gets the same.
 */
export const isBrief = (reporters: readonly unknown[]): boolean =>
  reporters.some((each) => {
    const name: unknown = Array.isArray(each) ? each[0] : each
    return name === 'minimal' || name === 'agent'
  })
