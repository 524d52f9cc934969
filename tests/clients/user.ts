import { createCaller, type Caller, type CallerOptions } from '../../src/clients/caller.ts'
import { createFetch, type RecordedFetch } from '../../src/clients/fetch.ts'
import { HttpClient } from '../../src/clients/http.ts'
import { OperationError } from '../../src/clients/operation-error.ts'
import { Recorder } from '../../src/metrics/recorder.ts'
import { summarize, type RecordingSummary } from '../../src/metrics/summary.ts'

/** One who calls, with a recorder of his own; leaving the block closes his connections. */
export interface User extends AsyncDisposable {
  readonly caller: Caller
  readonly http: HttpClient
  readonly fetch: RecordedFetch
  summary(): RecordingSummary
  /** How often which outcome was recorded, name by name. */
  outcomes(): Record<string, RecordingSummary['outcomes']>
}

export function createUser(
  baseUrl: string | undefined,
  options: Omit<CallerOptions, 'recording'> = {},
): User {
  const recorder = new Recorder(performance.now())
  const caller = createCaller({ ...options, recording: { current: recorder } })
  const summary = (): RecordingSummary => summarize(recorder.data(performance.now()), 1_000)
  return {
    caller,
    http: new HttpClient(caller, { baseUrl, prefix: '', headers: {} }),
    fetch: createFetch(caller, baseUrl),
    summary,
    outcomes: () =>
      Object.fromEntries(summary().requests.map(({ name, outcomes }) => [name, outcomes])),
    [Symbol.asyncDispose]: () => caller.connections.close(),
  }
}

/** The error that an operation fails with. */
export async function failureOf(operation: PromiseLike<unknown>): Promise<OperationError> {
  try {
    await operation
  } catch (error) {
    if (error instanceof OperationError) return error
    throw error
  }
  throw new Error('the operation went well')
}

/** A message without the port, the times that were measured and what a resolver calls its error. */
export const plain = (message: string): string =>
  message
    .replaceAll(/127\.0\.0\.1:\d+/g, 'service')
    .replaceAll(/gave up after \d+ ms/g, 'gave up after … ms')
    .replaceAll(/EAI_AGAIN|ENOTFOUND/g, 'ENOTFOUND')
