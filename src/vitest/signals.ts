/**
 * Ctrl+C, and a terminal that is closed, reach every process of the terminal, test processes included,
 * and would end them with all that they have measured. They ignore it: the main process cancels the
 * run, and a load stops gracefully.
 */
export function ignoreInterrupts(): void {
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
}

const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

/** The first signal, once it has come. */
export interface Interrupts {
  /** Lets Vitest handle signals again; gives the exit code of the signal that came. */
  giveBack(): number | undefined
  /** To be called when tests run: Vitest forgets its listeners when a run begins. */
  hearKeys(): void
  /** As if it came now; nothing when one has come before. */
  come(signal: keyof typeof EXIT_CODES): void
  /** Whether one was sent to this process, which is to end by it. */
  readonly sent: boolean
}

/** What of Vitest is cancelled, and tells when it is. */
export interface Cancelled {
  cancel(signal: NodeJS.Signals): void
  /** Calls when a run is cancelled, until what it gives is called. */
  onCancel(told: () => void): () => void
}

/**
 * Takes over Ctrl+C, SIGTERM and the closing of the terminal in the main process while perf tests run:
 * the first one cancels the run, so that results are kept and printed and no service is left behind, the
 * second one ends the process as it always does. A watcher hears Ctrl+C as a key, by itself, but forgets its
 * exit code when tests were given up.
 */
export function takeSignals({ cancel, onCancel }: Cancelled): Interrupts {
  const undo: (() => void)[] = []
  const state: { exitCode?: number; sent: boolean } = { sent: false }
  const byKey = (): void => {
    if (process.exitCode === EXIT_CODES.SIGINT) state.exitCode ??= EXIT_CODES.SIGINT
  }
  const giveBack = (): number | undefined => {
    for (const each of undo.splice(0)) each()
    return state.exitCode
  }
  const come = (signal: keyof typeof EXIT_CODES): void => {
    if (state.exitCode !== undefined) return
    giveBack()
    state.exitCode = EXIT_CODES[signal]
    process.exitCode = state.exitCode
    cancel(signal)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const theirs = process.listeners(signal)
    const ours = (): void => {
      state.sent = true
      come(signal)
    }
    for (const listener of theirs) process.off(signal, listener)
    process.on(signal, ours)
    undo.push(() => {
      process.off(signal, ours)
      for (const listener of theirs) process.on(signal, listener)
    })
  }
  return {
    giveBack,
    hearKeys: () => void undo.push(onCancel(byKey)),
    come,
    get sent() {
      return state.sent
    },
  }
}
