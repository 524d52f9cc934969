import type { OperationListener } from '../metrics/listened-series.ts'

/** Two listeners as one; `undefined` when there is neither, so that nobody is told. */
export function bothOf(
  first: OperationListener | undefined,
  second: OperationListener | undefined,
): OperationListener | undefined {
  if (first === undefined || second === undefined) return first ?? second
  const both = [first, second]
  return {
    began: (...of) => both.forEach((each) => each.began(...of)),
    ended: (...of) => both.forEach((each) => each.ended(...of)),
    amended: (...of) => both.forEach((each) => each.amended?.(...of)),
    restored: (...of) => both.forEach((each) => each.restored?.(...of)),
    iteration: (...of) => both.forEach((each) => each.iteration?.(...of)),
  }
}
