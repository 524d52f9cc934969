import type { Workload } from './behaviours.ts'
import type { LoadRun, OpenLoadRun } from './load-run.ts'
import type { OpenLoadOptions } from './open-options.ts'
import type { LoadOptions } from './options.ts'
import type { ProfileReference } from './profile-reference.ts'

/** What the fixture `load` is: a closed or an open load of a scenario or of users. */
export interface Load {
  (options: OpenLoadOptions, workload: Workload): Promise<OpenLoadRun>
  (options: LoadOptions | ProfileReference, workload: Workload): Promise<LoadRun>
}
