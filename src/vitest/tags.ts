import type { TestProject, Vitest } from 'vitest/node'

/** Tags that any test may have without their being declared, to leave it out or to run it alone. */
const TAGS = [
  { name: 'integration', description: 'one user, whose answers are looked at' },
  { name: 'load', description: 'many users at once' },
  { name: 'slow', description: 'takes longer than one waits for it' },
] as const

/**
 * Declares the tags in every project: Vitest refuses a filter with a tag that one of the projects does
 * not know. Those that the suite has declared stay as they are.
 */
export function declareTags({ projects, config }: Pick<Vitest, 'projects' | 'config'>): void {
  for (const each of new Set([config, ...projects.map((project) => project.config)])) {
    const known = new Set<string>(each.tags.map(({ name }) => name))
    each.tags = [...each.tags, ...TAGS.filter(({ name }) => !known.has(name))]
  }
}

/** Lays `PERF_TAGS` over what the command line says; both must hold. For the perf project only. */
export function filterByTags({ config }: Pick<TestProject, 'config'>, tags?: string): void {
  if (tags === undefined || tags === '') return
  config.tagsFilter = [...(config.tagsFilter ?? []), tags]
}
