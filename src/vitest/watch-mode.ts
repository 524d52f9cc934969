import type { TestProject, Vitest } from 'vitest/node'
import { PROJECT } from './projects.ts'

/**
 * In watch mode a perf test runs only when its own file changed or when it is named: saving a module
 * that it imports must not start a load.
 */
export function rerunOnlyWhenChanged(vitest: Vitest): void {
  if (!vitest.config.watch) return
  const changed = changedOf(vitest)
  const note = (file: string): void => {
    changed.add(file.replaceAll('\\', '/'))
  }
  vitest.vite.watcher.on('change', note).on('add', note)
}

/** Files that changed and have not run since. */
const changes = new WeakMap<Vitest, Set<string>>()

/** Vitest keeps its filters when it starts anew, as after a change of its config, but watches with another watcher. */
function changedOf(vitest: Vitest): Set<string> {
  const known = changes.get(vitest)
  if (known !== undefined) return known
  const changed = new Set<string>()
  changes.set(vitest, changed)
  vitest.onFilterWatchedSpecification(
    ({ project, moduleId }) => project.name !== PROJECT || changed.delete(moduleId),
  )
  return changed
}

/**
 * Nor may the start of the watcher start one: its first look for test files finds none in this
 * project, unless project, files or tests were named.
 */
export function holdBackFirstRun(vitest: Vitest, project: TestProject): void {
  const { watch, project: projects, testNamePattern } = vitest.config
  if (!watch || projects.length > 0 || testNamePattern !== undefined) return
  const glob = project.globTestFiles.bind(project)
  project.globTestFiles = async (filters) => {
    project.globTestFiles = glob
    const files = await glob(filters)
    const named = filters !== undefined && filters.length > 0
    if (named || files.testFiles.length === 0) return files
    const waiting = `${files.testFiles.length} test file${files.testFiles.length === 1 ? '' : 's'}`
    vitest.logger.log(` perf: ${waiting} held back; change one, or run vitest --project ${PROJECT}`)
    return { ...files, testFiles: [] }
  }
}
