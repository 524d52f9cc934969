import type { CompareOptions } from './ab-options.ts'
import type { AbRun } from './ab-run.ts'
import type { ComparedPlaces, ComparedScenarios } from './ab-targets.ts'
import type { Workload } from './behaviours.ts'
import type { RateSearchOptions, UserSearchOptions } from './capacity-options.ts'
import type { RateCapacity, UserCapacity } from './capacity.ts'
import type { LoadRun, OpenLoadRun } from './load-run.ts'
import type { OpenLoadOptions } from './open-options.ts'
import type { LoadOptions } from './options.ts'
import type { ProfileReference } from './profile-reference.ts'

/** What the fixture `load` is: a closed or an open load of a scenario or of users. */
export interface Load {
  (options: OpenLoadOptions, workload: Workload): Promise<OpenLoadRun>
  (options: LoadOptions | ProfileReference, workload: Workload): Promise<LoadRun>
  /**
   * Loads two targets by turns, in short blocks, and compares the blocks pair by pair: two URLs, two servers of
   * the plugin's by name, or two functions. Judged by `expect(ab).toNotRegress({ p95: '5%' })`.
   * @throws UsageError before any traffic; AbortedError when its `abort` option ended a block
   */
  readonly compare: Compare
  /**
   * Searches the highest rate or number of users that meets the limits. Judged by
   * `expect(capacity).toSustain('400/s')`.
   * @throws UsageError before any traffic
   */
  readonly findCapacity: FindCapacity
}

interface Compare {
  (targets: ComparedPlaces, options: CompareOptions, workload: Workload): Promise<AbRun>
  (targets: ComparedScenarios, options: CompareOptions): Promise<AbRun>
}

interface FindCapacity {
  (options: RateSearchOptions, workload: Workload): Promise<RateCapacity>
  (options: UserSearchOptions, workload: Workload): Promise<UserCapacity>
}
