import type { ErrorRow } from '../../src/report/page/report-page.ts'

/** Failures by when they came last. */
export const newestFirst = (errors: readonly ErrorRow[]): readonly ErrorRow[] =>
  errors.toSorted((left, right) => right.last - left.last)
