/** One line of a bench's table; what is missing is left blank. */
export interface Row {
  readonly label: string
  readonly ours: string
  readonly peer?: string
  readonly ratio?: string
  /** What it should be: `≤1.15×`. */
  readonly target?: string
  /** Whether the target was met. */
  readonly met?: boolean
}

/** What a bench found, ready to be printed. */
export interface Report {
  readonly title: string
  /** Headings of the two figures that stand beside each other. */
  readonly columns: readonly [ours: string, peer: string]
  readonly rows: readonly Row[]
  readonly notes: readonly string[]
}

export interface Bench {
  readonly name: string
  run(): Promise<Report>
}
