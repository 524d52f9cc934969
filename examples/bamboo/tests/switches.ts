const { env } = process

/** `RUN_INTEGRATION_TESTS=false` leaves the integration tests out. */
export const integration = env.RUN_INTEGRATION_TESTS !== 'false'

/** How long the memory is watched; `RUN_SLOW_TESTS=true` gives it its full minute. */
export const memoryTime = (env.BAMBOO_MEMORY_TIME ||
  (env.RUN_SLOW_TESTS === 'true' ? '60s' : '10s')) as '60s'

/** A service that these tests did not start: its memory cannot be seen from here. */
export const elsewhere = Boolean(env.BAMBOO_API_URL || env.PERF_BASE_URL)
