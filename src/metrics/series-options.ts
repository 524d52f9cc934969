import type { TokenFlow } from './token-flow.ts'

/** What a series is told about itself when it is made. */
export interface SeriesOptions {
  /** A call inside another operation: shown under it, never counted in the run. */
  readonly part?: boolean | undefined
  /** Known to stream: its failures count as never having given a first token. */
  readonly streaming?: boolean | undefined
  readonly tags?: readonly string[] | undefined
  /** Of an open load: keeps latencies without their lag, too. */
  readonly open?: boolean | undefined
  /** Where the tokens of its streams go as they came. */
  readonly flow?: TokenFlow | undefined
}
