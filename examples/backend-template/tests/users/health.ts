import { defineUser } from 'vitest-perf'

/** Looks whether the system is there. */
export const healthCheck = defineUser(
  { name: 'health check', weight: 3, thinkTime: ['1s', '3s'] },
  {
    root: ({ http }) => http.get('/'),
    health: { weight: 3, run: ({ http }) => http.get('/api/v1/health/') },
    database: { weight: 2, run: ({ http }) => http.get('/api/v1/health/database') },
    ping: { weight: 3, run: ({ http }) => http.get('/api/v1/health/ping') },
    docs: ({ http }) => http.get('/docs'),
  },
)

/** Everything in one go, which is dear: a user of its own, so that there may be few of it. */
export const fullHealthCheck = defineUser(
  { name: 'full health check', weight: 1, thinkTime: ['1s', '3s'] },
  {
    full: async ({ http }) => {
      await http.get('/api/v1/health/')
      await http.get('/api/v1/health/database')
      await http.get('/api/v1/health/ping')
      await http.get('/api/v1/tasks/health')
    },
  },
)
