import type { TestRecord } from './test-record.ts'

/** Whether a test measured nothing and judged nothing. */
export const isEmpty = ({
  runs,
  verdicts,
  comparisons = [],
  capacities = [],
}: TestRecord): boolean =>
  runs.length + verdicts.length + comparisons.length + capacities.length === 0

/** The records of a test's attempts as one. */
export const joinRecords = (records: readonly TestRecord[]): TestRecord => {
  const comparisons = records.flatMap((record) => record.comparisons ?? [])
  const monitors = records.flatMap((record) => record.monitors ?? [])
  const capacities = records.flatMap((record) => record.capacities ?? [])
  return {
    version: 1,
    runs: records.flatMap((record) => record.runs),
    verdicts: records.flatMap((record) => record.verdicts),
    ...(monitors.length > 0 && { monitors }),
    ...(comparisons.length > 0 && { comparisons }),
    ...(capacities.length > 0 && { capacities }),
  }
}
