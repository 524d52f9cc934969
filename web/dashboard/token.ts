const KEY = 'vitest-perf-token'

/**
 * The token of this dashboard. It comes in the fragment of the address, which no browser sends anywhere, and
 * is taken out of the address at once: who photographs the screen has no token.
 */
export function takeToken(): string | undefined {
  const given = new URLSearchParams(location.hash.slice(1)).get('token')
  if (given === null) return kept()
  history.replaceState(null, '', location.pathname + location.search)
  try {
    sessionStorage.setItem(KEY, given)
  } catch {
    return given
  }
  return given
}

/** For a reload. A browser may refuse to keep anything. */
function kept(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined
  } catch {
    return undefined
  }
}
