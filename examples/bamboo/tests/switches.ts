const { env } = process

/** `RUN_INTEGRATION_TESTS=false` leaves the integration tests out. */
export const integration = env.RUN_INTEGRATION_TESTS !== 'false'

/** `RUN_SLOW_TESTS=true` gives the memory test its full minute. */
export const slow = env.RUN_SLOW_TESTS === 'true'

/** A service that these tests did not start: its memory cannot be seen from here. */
export const elsewhere = Boolean(env.BAMBOO_API_URL || env.PERF_BASE_URL)
