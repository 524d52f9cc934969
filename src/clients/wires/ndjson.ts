import { byPaths } from './paths.ts'
import type { Wire } from './wire.ts'

/** Lines of any service: each is a token as it stands, the close is the end. */
export const ndjson: Wire = byPaths('ndjson', {})
