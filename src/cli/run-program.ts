import { spawn } from 'node:child_process'
import { constants } from 'node:os'

interface ProgramOptions {
  readonly env: Readonly<Record<string, string>>
  /** What it prints goes to stderr: stdout is for what this program says itself. */
  readonly aside: boolean
}

/**
 * Runs a script in Node to its end, in this terminal; gives its exit code, as a shell does: 128 and the
 * number of the signal that ended it.
 */
export function runProgram(
  script: string,
  args: readonly string[],
  { env, aside }: ProgramOptions,
): Promise<number> {
  // Ctrl+C reaches every process of a terminal. Without one signals reach this process alone, and are
  // passed on; were the other in its group, it might get them twice, and the second one ends it at once.
  const terminal = process.stdin.isTTY
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...process.env, ...env },
    stdio: ['inherit', aside ? process.stderr : 'inherit', 'inherit'],
    detached: !terminal && process.platform !== 'win32',
  })
  const giveBack = passOn(child.kill.bind(child), terminal)
  return new Promise((resolve, reject) => {
    child.once('error', (error) => {
      giveBack()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      giveBack()
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Of a terminal, only SIGTERM is not sent to all of its processes. */
function passOn(kill: (signal: NodeJS.Signals) => boolean, terminal: boolean): () => void {
  const listeners = SIGNALS.map((signal) => {
    const listener = (): void => {
      if (!terminal || signal === 'SIGTERM') kill(signal)
    }
    process.on(signal, listener)
    return [signal, listener] as const
  })
  return () => {
    for (const [signal, listener] of listeners) process.off(signal, listener)
  }
}
