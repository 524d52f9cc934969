import { byPaths } from './paths.ts'
import type { Wire } from './wire.ts'

/**
 * Server-sent events of any service: each `data:` is a token. `[DONE]` and the events `done`, `end`
 * and `complete` end it, and so does a close.
 */
export const sse: Wire = byPaths('sse', {})
