import { relative } from 'node:path'
import type { TestModule, Vitest } from 'vitest/node'

/** Adds what became of the baselines of a test file to what Vitest says of snapshots. */
export function tellBaselines(vitest: Vitest, module: TestModule): void {
  const result = module.meta()['vitest-perf:baselines']
  if (result === undefined) return
  const { added, updated, matched, unmatched, unchecked, deleted, kept } = result
  vitest.snapshot.add({
    filepath: module.moduleId,
    added,
    updated,
    matched,
    unmatched,
    unchecked: deleted ? 0 : unchecked.length,
    uncheckedKeys: [...unchecked],
    fileDeleted: deleted,
  })
  if (kept === undefined) return
  const root = vitest.config.root
  vitest.logger.log(
    ` perf: ${relative(root, result.path)} could not be read and was begun anew; what it was is in ${relative(root, kept)}`,
  )
}
