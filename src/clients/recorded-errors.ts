import { OperationError } from './operation-error.ts'

const noted = new WeakSet<Error>()

/** Notes that a foreign error ended an operation that is recorded; `fetch` makes another one of it. */
export function noteRecorded(error: Error): void {
  noted.add(error)
}

/** Whether an error, or what caused it, ended an operation that is recorded. */
export function isRecorded(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error instanceof OperationError || noted.has(error) || isRecorded(error.cause)
}
