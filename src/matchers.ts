export { perfMatchers } from './matchers/matchers.ts'
export type { PerfMatchers, WrongSubject } from './matchers/assertions.ts'
export type { CoresInput } from './units/cores.ts'
export type { PercentileOptions } from './matchers/percentile.ts'
