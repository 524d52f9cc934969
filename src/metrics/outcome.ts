/**
 * How an operation ended. Everything but `ok`, `aborted` and `cutOff` is a failure.
 *
 * - `status`: an unexpected HTTP status. `assertion`: the test itself called the answer wrong.
 * - `timeout`: a deadline of ours. `refused`, `reset`, `dns`, `tls`: the connection.
 * - `stale`: a kept-alive connection that the service had closed between two requests; no byte of
 *   an answer came. It speaks of keep-alive times, not of a failing service.
 * - `truncated`: a body or stream that ended before its end marker. `malformed`: not readable.
 * - `stalled`: a stream whose next token did not come in time. `empty`: one that ended without any.
 * - `closed`: a socket closed while an answer was awaited. `streamError`: an error event under a 200.
 * - `error`: the scenario threw something that no operation had recorded.
 * - `aborted`: the test itself gave it up (it left a stream, it closed a socket): no rate and no percentile
 *   counts it.
 * - `cutOff`: under way when the run ended. It is in no rate; a percentile limit counts it as slower when
 *   it had lasted longer than the limit already.
 */
export type OutcomeKind = 'ok' | 'aborted' | 'cutOff' | FailureKind

/** The outcomes that count as failures. */
export type FailureKind =
  | 'status'
  | 'assertion'
  | 'timeout'
  | 'refused'
  | 'reset'
  | 'stale'
  | 'dns'
  | 'tls'
  | 'truncated'
  | 'malformed'
  | 'stalled'
  | 'empty'
  | 'closed'
  | 'streamError'
  | 'error'

export const isFailure = (outcome: OutcomeKind): outcome is FailureKind =>
  outcome !== 'ok' && outcome !== 'aborted' && outcome !== 'cutOff'

/** How many of them are failures. */
export const failuresIn = (outcomes: Iterable<readonly [OutcomeKind, number]>): number =>
  [...outcomes].reduce((sum, [kind, count]) => (isFailure(kind) ? sum + count : sum), 0)
