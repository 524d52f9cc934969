import { redact } from '../clients/redact.ts'
import { formatMs } from '../units/format.ts'
import type { Ms } from '../units/units.ts'
import type { ServiceSpec } from './options.ts'
import { describeReady } from './ready-check.ts'

/** How a process ended: with a code, or by a signal. */
export interface ExitInfo {
  readonly code: number | undefined
  readonly signal: NodeJS.Signals | undefined
}

/** What went wrong with the service under test itself; not a mistake in the use of the package. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  /** The name of the service. */
  readonly service: string
  /** The last lines that it wrote, secrets taken out. */
  readonly log: readonly string[]

  constructor(spec: ServiceSpec, what: string, log: readonly string[] = []) {
    const lines = log.map(redact)
    super(`service ${redact(nameOf(spec))} ${what}${quote(lines)}`)
    this.service = redact(spec.name)
    this.log = lines
  }
}

export interface FailedStart {
  readonly exit: ExitInfo | undefined
  readonly waited: Ms
  /** What the last look at the ready check said. */
  readonly said: string
  readonly log: readonly string[]
}

/** It died before it was ready, or time ran out. */
export function failedStart(
  spec: ServiceSpec,
  { exit, waited, said, log }: FailedStart,
): ServiceError {
  const what =
    exit === undefined
      ? `was not ready within ${formatMs(spec.startTimeout)}`
      : `${describeExit(exit)} after ${formatMs(waited)}, before it was ready`
  return new ServiceError(
    spec,
    `${what}\n  ready when: ${describeReady(spec.ready)}\n  last look: ${said}`,
    log,
  )
}

/** `exited with code 1`, `was ended by SIGKILL`. */
export function describeExit({ code, signal }: ExitInfo): string {
  return signal === undefined ? `exited with code ${code ?? 'unknown'}` : `was ended by ${signal}`
}

function nameOf({ name, command }: ServiceSpec): string {
  return name === command ? `\`${command}\`` : `${name} (\`${command}\`)`
}

function quote(log: readonly string[]): string {
  if (log.length === 0) return ''
  return `\n  end of its log:\n${log.map((line) => `    | ${line}`).join('\n')}`
}
