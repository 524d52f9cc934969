import type { Vitest } from 'vitest/node'
import { takeSignals, type Interrupts } from './signals.ts'

/** Has the first signal cancel the run of Vitest. */
export const interruptsOf = (vitest: Vitest | undefined): Interrupts =>
  takeSignals({
    cancel: (signal) => {
      vitest?.logger.log(
        `\n perf: ${signal}; loads stop and keep their results. Press Ctrl+C again to end at once.`,
      )
      void vitest?.cancelCurrentRun('keyboard-input')
    },
    onCancel: (told) => vitest?.onCancel(told) ?? (() => {}),
  })

/**
 * Ends a run that a signal came to: with its exit code, and a watcher with it, which would wait for the next
 * change. Vitest has set the code to 1 by then: a test that was given up did not pass.
 */
export function endInterrupted(vitest: Vitest | undefined, interrupts: Interrupts): void {
  const exitCode = interrupts.giveBack()
  if (exitCode === undefined) return
  process.exitCode = exitCode
  if (!interrupts.sent || vitest?.config.watch !== true) return
  // When all reporters have had their say.
  setImmediate(() => void vitest.exit(true))
}
