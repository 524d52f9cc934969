import { defineUser } from 'vitest-perf'

/** Watches the queue, which a companion of the API works off. */
export const taskMonitoring = defineUser(
  { name: 'task monitoring', weight: 2, thinkTime: ['1s', '3s'] },
  {
    health: { weight: 3, run: ({ http }) => http.get('/api/v1/tasks/health') },
    workers: { weight: 2, run: ({ http }) => http.get('/api/v1/tasks/workers/stats') },
    active: { weight: 2, run: ({ http }) => http.get('/api/v1/tasks/active') },
  },
)
