import type { ErrorGroup } from '../../metrics/error-groups.ts'
import type { RunData } from '../../load/load-run.ts'
import { formatMs } from '../../units/format.ts'
import type { Ms } from '../../units/units.ts'
import { cleanText } from '../clean-text.ts'
import { describeError, failuresOf } from '../run-facts.ts'
import { cleanBlock } from './clean-block.ts'
import type { Count, ErrorRow, Fact } from './report-page.ts'

/** Failures in groups, the commonest first, each with its first one as a sample. */
export const errorsOf = (run: RunData): readonly ErrorRow[] => failuresOf(run).map(errorRow)

function errorRow(group: ErrorGroup): ErrorRow {
  const { count, message, firstAt, lastAt, first } = group
  const sample: Fact[] = [
    ...row('Message', first.message),
    ...row('Request', first.request),
    ...(first.status === undefined || first.status === 0
      ? []
      : [['Status', String(first.status)] as const]),
    ...row('Body', first.body),
    ...row('Stack', first.stack),
  ]
  return {
    count,
    what: describeError(group).what,
    message: cleanText(message),
    when: firstAt === lastAt ? since(firstAt) : `${since(firstAt)} – ${since(lastAt)}`,
    last: Math.round(lastAt),
    sample,
  }
}

function row(label: string, text: string | undefined): Fact[] {
  const clean = text === undefined ? '' : cleanBlock(text)
  return clean === '' ? [] : [[label, clean]]
}

/** From the start of the judged time; a failure may have begun before it. */
const since = (at: Ms): string => (at < 0 ? `${formatMs(-at)} before` : formatMs(Math.round(at)))

/** Names of outcomes as a reader says them. */
const OUTCOMES: Readonly<Record<string, string>> = {
  status: 'unexpected status',
  assertion: 'wrong answer',
  timeout: 'timed out',
  refused: 'connection refused',
  reset: 'connection reset',
  stale: 'stale connection',
  dns: 'name not found',
  tls: 'TLS',
  truncated: 'cut short',
  malformed: 'not readable',
  stalled: 'stream stalled',
  empty: 'empty stream',
  closed: 'socket closed',
  streamError: 'error in a stream',
  error: 'thrown by the scenario',
}

/** Failures by kind, the commonest first. */
export const failuresByKind = ({ outcomes, requests, iterations }: RunData): readonly Count[] =>
  Object.entries(requests.length === 0 ? iterations.outcomes : outcomes)
    .flatMap(([kind, count]) => {
      const name = OUTCOMES[kind]
      return name === undefined || count === 0 ? [] : [{ name, count }]
    })
    .toSorted((left, right) => right.count - left.count)
