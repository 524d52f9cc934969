import type { Accounting, GeneratorSummary } from '../monitors/generator-summary.ts'

/** The one that was worst off. */
export const worstOf = (all: readonly GeneratorSummary[]): GeneratorSummary =>
  all.toSorted((left, right) => trouble(right) - trouble(left))[0] as GeneratorSummary

const trouble = ({ saturated, hostBusy, loop }: GeneratorSummary): number =>
  (saturated ? 4 : 0) + (hostBusy ? 2 : 0) + (loop.busy ?? 0)

export function sumOfAccounts(all: readonly Accounting[]): Accounting {
  const sum = (name: keyof Accounting): number => all.reduce((total, each) => total + each[name], 0)
  return {
    intended: sum('intended'),
    ok: sum('ok'),
    failed: sum('failed'),
    aborted: sum('aborted'),
    dropped: sum('dropped'),
    unfinished: sum('unfinished'),
  }
}
