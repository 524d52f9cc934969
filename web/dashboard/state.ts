import type { LiveLoad, LivePage } from '../../src/live/live-page.ts'
import type { Entry } from './entries.ts'

/** What goes on, in a word; apart from it stands how the limits do. */
export interface State {
  readonly word: string
  readonly tone: 'idle' | 'busy' | 'over'
}

const PHASES: Readonly<Record<LiveLoad['phase'], string>> = {
  'ramp-up': 'Ramp-up',
  'warm-up': 'Warm-up',
  steady: 'Steady',
  'ramp-down': 'Ramp-down',
  'graceful stop': 'Stopping',
}

/** Of what is shown. */
export function stateOf(page: LivePage, { live, test }: Partial<Entry>): State {
  if (live !== undefined) return { word: PHASES[live.phase], tone: 'busy' }
  if (page.state === 'replay') return { word: 'Replay', tone: 'over' }
  if (page.state === 'waiting' || test === undefined) return { word: 'Waiting', tone: 'idle' }
  if (test.status !== 'unfinished') return { word: 'Finished', tone: 'over' }
  return page.state === 'running'
    ? { word: 'Between loads', tone: 'busy' }
    : { word: 'Interrupted', tone: 'over' }
}

export interface VerdictNow {
  readonly status: 'passed' | 'failed' | 'unfinished' | 'none'
  readonly text: string
}

/** How the limits stand so far; of a test that has ended, how it ended. */
export function verdictOf({ live, test }: Partial<Entry>): VerdictNow | undefined {
  if (live === undefined) return test === undefined ? undefined : endedVerdict(test)
  const { verdicts, phase } = live
  if (verdicts.length === 0) {
    return phase === 'steady'
      ? NONE
      : { status: 'none', text: 'Limits are judged when it is steady' }
  }
  const failing = verdicts.filter(({ status }) => status === 'fail').length
  const open = verdicts.filter(({ status }) => status === 'inconclusive').length
  const all = verdicts.length
  if (failing > 0) return { status: 'failed', text: `${failing} of ${limits(all)} missed so far` }
  if (open > 0) return { status: 'unfinished', text: `${open} of ${limits(all)} not yet proven` }
  return { status: 'passed', text: `${all} of ${limits(all)} met so far` }
}

const NONE: VerdictNow = { status: 'none', text: 'No limits' }

const limits = (count: number): string => (count === 1 ? '1 limit' : `${count} limits`)

const endedVerdict = ({ status, result }: NonNullable<Entry['test']>): VerdictNow => ({
  status,
  text: `${status === 'unfinished' ? 'Not finished' : status === 'passed' ? 'Passed' : 'Failed'}${
    result === '' ? '' : `: ${result}`
  }`,
})
