import { UsageError } from '../errors/usage-error.ts'

/** Where a Redis is, and what may be printed of it. */
export interface RedisAddress {
  /** As it was given, with its credentials. Never printed. */
  readonly url: string
  /** `redis://cache.internal:6379/2`: no user, no password, no query. */
  readonly shown: string
}

const EXPECTED = 'the address of a Redis, like redis://127.0.0.1:6379, or rediss:// for TLS'

/** Reads `redis://user:password@host:6379/0`. @throws UsageError that shows nothing of what was given */
export function readRedisUrl(text: string, path = 'PERF_RENDEZVOUS'): RedisAddress {
  const url = URL.parse(text)
  // In what is no such address a password may stand anywhere.
  if (url === null || !['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '') {
    throw new UsageError(path, EXPECTED)
  }
  return { url: text, shown: without(url) }
}

function without({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`
}
