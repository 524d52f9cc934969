import { stripVTControlCharacters } from 'node:util'
import { OperationError } from '../clients/operation-error.ts'
import { redact } from '../clients/redact.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Checks } from '../metrics/checks.ts'

/**
 * Counts under a name whether something holds, and goes on either way: what is false, or throws, has
 * failed. Gives whether it held.
 * @throws UsageError for what is neither true nor false
 */
export interface Check {
  (name: string, condition: () => Promise<boolean>): Promise<boolean>
  (name: string, condition: boolean | (() => boolean)): boolean
}

/** A `check` that counts where it is told to. */
export function createCheck(checksOf: () => Checks): Check {
  function check(name: string, condition: () => Promise<boolean>): Promise<boolean>
  function check(name: string, condition: boolean | (() => boolean)): boolean
  function check(name: string, condition: unknown): boolean | Promise<boolean> {
    if (typeof name !== 'string' || name === '') {
      throw new UsageError('check(name, …)', 'a name', name)
    }
    const failed = (error: unknown): boolean => noteThrown(checksOf(), name, error)
    try {
      const result: unknown =
        typeof condition === 'function' ? (condition as () => unknown)() : condition
      if (!(result instanceof Promise)) return note(checksOf(), name, result)
      return result.then((value: unknown) => note(checksOf(), name, value)).catch(failed)
    } catch (error) {
      return failed(error)
    }
  }
  return check
}

/** Nothing but true is a pass: an answer without the field asked for must not be one. */
function note(checks: Checks, name: string, held: unknown): boolean {
  if (typeof held !== 'boolean') {
    const path = `check(${JSON.stringify(name)}, …)`
    const remedy = 'compare it, answer.json().id !== undefined; behind an expect(…), return true'
    throw new UsageError(path, 'true or false', held, remedy)
  }
  checks.note(name, held)
  return held
}

function noteThrown(checks: Checks, name: string, error: unknown): boolean {
  if (error instanceof UsageError) throw error
  // What the end of the run cut off says nothing of the service.
  const gone =
    error instanceof OperationError && (error.kind === 'cutOff' || error.kind === 'aborted')
  if (!gone) checks.note(name, false, messageOf(error))
  return false
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  const line = redact(stripVTControlCharacters(text.slice(0, 1_000))).split('\n', 1)[0] ?? ''
  return line.length <= 300 ? line : `${line.slice(0, 299)}…`
}
