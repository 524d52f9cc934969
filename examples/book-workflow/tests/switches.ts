const { env } = process

/** `BOOK_FULL=true` runs each test for minutes instead of seconds. */
export const full = env.BOOK_FULL === 'true'

/** How many write at once; there are access tokens for 2,000. */
export const users = Number(env.BOOK_USERS || 10)

/** A crowd thinks as long as people do: without that, no single machine could play it. */
export const crowd = users > 100

/** A service that these tests did not start: its processes cannot be seen from here. */
export const elsewhere = Boolean(env.PERF_TEST_BASE_URL || env.PERF_BASE_URL)
