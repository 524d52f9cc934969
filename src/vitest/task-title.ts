import type { TestContext } from 'vitest'

/** The name of a test with those of its groups: `chat > 100 users`. */
export function titleOf(task: Pick<TestContext['task'], 'name' | 'suite'>): string {
  const names = [task.name]
  for (let suite = task.suite; suite !== undefined; suite = suite.suite) names.unshift(suite.name)
  return names.join(' > ')
}
