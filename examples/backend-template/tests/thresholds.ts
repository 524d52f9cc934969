import type { Limits } from 'vitest-perf'

/** What the API promises, by group of its endpoints. */
export const thresholds: Limits = {
  errorRate: '1%',
  'GET /api/v1/health/*': { p95: '100ms' },
  '* /api/v1/auth/*': { p95: '500ms' },
  'GET /api/v1/tasks/*': { p95: '200ms' },
}

/** Never called: they cost money, or stop the work of others. */
export const excluded = [
  '/api/v1/llm/',
  '/api/v1/tasks/{}/status',
  '/api/v1/tasks/{}/result',
  'DELETE /api/v1/tasks/{}',
]
