import type { TestRecord } from './test-record.ts'

/** Whether a test measured nothing and judged nothing. */
export const isEmpty = ({
  runs,
  verdicts,
  comparisons = [],
  capacities = [],
  monitors = [],
}: TestRecord): boolean =>
  [runs, verdicts, comparisons, capacities, monitors].every((each) => each.length === 0)

/** The records of a test's attempts as one. */
export const joinRecords = (records: readonly TestRecord[]): TestRecord => {
  const comparisons = records.flatMap((record) => record.comparisons ?? [])
  const capacities = records.flatMap((record) => record.capacities ?? [])
  const monitors = records.flatMap((record) => record.monitors ?? [])
  return {
    version: 1,
    runs: records.flatMap((record) => record.runs),
    verdicts: records.flatMap((record) => record.verdicts),
    ...(comparisons.length > 0 && { comparisons }),
    ...(capacities.length > 0 && { capacities }),
    ...(monitors.length > 0 && { monitors }),
  }
}
