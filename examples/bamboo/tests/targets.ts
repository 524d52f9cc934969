/** What Bamboo promises. */
export const targets = {
  /** Share of the chats that succeed with so many at once. */
  concurrent: [
    { users: 10, successRate: '90%' },
    { users: 50, successRate: '80%' },
    { users: 100, successRate: '70%' },
  ],
  firstToken: '5s',
  totalResponse: '30s',
  httpThroughput: '0.5/s',
  wsThroughput: '1/s',
  memoryGrowth: '100MB',
  /** Of each request, once garbage is collected. */
  retained: '1kB',
} as const
