import type { Bytes, Ms } from '../units/units.ts'

/** One look at what is watched. What could not be seen is missing. */
export interface Sample {
  readonly at: Ms
  /** Resident memory; what the processes of a tree share is counted in each. */
  readonly rss?: Bytes | undefined
  /** Memory with what is shared divided among those who share it. Looked at less often. */
  readonly pss?: Bytes | undefined
  /**
   * CPU since the sample before, 1 for one core fully busy. `undefined` without such an interval:
   * in the first sample, and in one that follows too soon to tell.
   */
  readonly cpu: number | undefined
  /** The time that `cpu` stands for. */
  readonly span: Ms
  readonly processes: number
  readonly threads?: number | undefined
  /** Open files, sockets and the like. */
  readonly descriptors?: number | undefined
  /** Further figures by name. */
  readonly values?: Readonly<Record<string, number>>
  /** Set in the first sample of a process that has taken the place of another. */
  readonly restartedAs?: number
  /** Why some of it could not be seen. */
  readonly problem?: string | undefined
}

/** Why there is nothing to see any more, and whether that may change. */
export interface Gone {
  readonly gone: 'process exited' | 'cgroup removed'
  readonly forGood: boolean
  readonly problem?: string
}

/** What a monitor looks at. */
export interface Source {
  readonly label: string
  /** The process that is watched now; a host has none. */
  readonly pid: number | undefined
  /** The last look takes in what is else looked at less often. */
  look(when?: 'last'): Promise<Sample | Gone>
  close?(): Promise<void>
}
