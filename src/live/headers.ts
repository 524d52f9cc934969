/** Of every answer: nothing of it is kept, framed, guessed at or told to others. There are no CORS headers. */
export const SECURE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** Of what is no page. */
export const NO_PAGE = "default-src 'none'; frame-ancestors 'none'; sandbox"

/**
 * What a page may do. It says so itself: it runs the scripts that it was built with, by their hashes, and talks to its
 * own server. A script that got in with data would run nowhere. Only its answer can say that it is not to be framed.
 */
export function pagePolicy(html: string): string {
  const [, own = "default-src 'none'"] = POLICY.exec(html) ?? []
  return `${own}; frame-ancestors 'none'`
}

const POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/
