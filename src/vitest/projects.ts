import type { ViteUserConfig } from 'vitest/config'

export type TestConfig = NonNullable<ViteUserConfig['test']>

/** The name of the project that perf tests run in: `npx vitest --project perf`. */
export const PROJECT = 'perf'

/**
 * The test configuration that the plugin adds: the suite's own tests as they were, and the perf tests
 * as a project that runs after all others, one file at a time, in processes of its own.
 */
export function projectsFor(
  test: TestConfig,
  include: readonly string[],
  setup: string,
): TestConfig {
  if (nameOf(test) === PROJECT || test.projects?.some(isPerf) === true) return {}
  const perf = {
    extends: true as const,
    test: {
      name: { label: PROJECT, color: 'magenta' as const },
      include: [...include],
      setupFiles: [setup],
      pool: 'forks' as const,
      environment: 'node' as const,
      fileParallelism: false,
      maxConcurrency: 1,
      isolate: true,
      retry: 0,
      testTimeout: 0,
      hookTimeout: 0,
      typecheck: { enabled: false },
      sequence: { concurrent: false },
    },
  }
  if (test.projects !== undefined) return { projects: [perf] }
  const own = { extends: true as const, test: { name: test.name ?? 'unit' } }
  return { projects: [own, perf] }
}

function isPerf(project: NonNullable<TestConfig['projects']>[number]): boolean {
  return typeof project === 'object' && 'test' in project && nameOf(project.test ?? {}) === PROJECT
}

function nameOf(test: Pick<TestConfig, 'name'>): string | undefined {
  return typeof test.name === 'object' ? test.name.label : test.name
}
