import { KNOWN_SECRETS } from '../clients/hidden.ts'
import { learnFromEnvironment } from '../clients/learn-secrets.ts'
import { redact } from '../clients/redact.ts'

/** Says what is secret in this process: fields of the config, and what the environment holds. */
export function hideSecrets(fields: readonly string[]): void {
  for (const field of fields) KNOWN_SECRETS.name(field)
  learnFromEnvironment(process.env)
}

/** What Vitest keeps of an error of a test, and of one that is thrown. */
interface ErrorLike {
  message?: unknown
  stack?: unknown
  diff?: unknown
  actual?: unknown
  expected?: unknown
  cause?: unknown
}

const TEXTS = ['message', 'stack', 'diff', 'actual', 'expected'] as const
/** Causes of causes. */
const DEEPEST = 5

/** Takes secrets out of an error, before Vitest and its reporters tell of it. */
export function hideInError(error: unknown, depth = 0): void {
  if (typeof error !== 'object' || error === null || depth > DEEPEST) return
  const told = error as ErrorLike
  for (const field of TEXTS) hideText(told, field)
  hideInError(told.cause, depth + 1)
}

function hideText(error: ErrorLike, field: (typeof TEXTS)[number]): void {
  const text = error[field]
  if (typeof text !== 'string') return
  const hidden = redact(text)
  if (hidden === text) return
  try {
    error[field] = hidden
  } catch {
    // It is frozen, and nobody's but the test's.
    return
  }
}
