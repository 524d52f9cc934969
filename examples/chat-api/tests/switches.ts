const { env } = process

/** `CHAT_FULL=true` runs each scenario for minutes, with users who think for seconds. */
export const full = env.CHAT_FULL === 'true'

/** A service that these tests did not start: its processes cannot be seen from here. */
export const elsewhere = Boolean(env.PERF_TEST_BASE_URL || env.PERF_BASE_URL)
