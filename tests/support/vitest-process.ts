import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** A run of Vitest that has ended. */
export interface VitestRun {
  readonly stdout: string
  readonly stderr: string
  /** Both, in the order of their arrival, without colours. */
  readonly output: string
  /** The same with its colours. */
  readonly colored: string
  /** What a shell shows: 128 and the number of the signal when one ended it. */
  readonly code: number
}

/** A run of Vitest that is under way. */
export interface RunningVitest {
  readonly pid: number
  readonly ended: Promise<VitestRun>
  /** Resolves with the first match that comes after `from`. @throws when Vitest ends without it */
  sees(pattern: RegExp, from?: number): Promise<RegExpExecArray>
  /** How much was printed so far; where a later `sees` begins. */
  position(): number
  /** Types into it; keys are only heard in a terminal. */
  type(keys: string): void
  /** To the main process alone, or to all of them as a terminal does. */
  signal(name: NodeJS.Signals, to?: 'main' | 'group'): void
  /** Ends all of it: it may stop its services first, but not for long. */
  kill(): Promise<void>
}

export const VITEST = join(import.meta.dirname, '..', '..', 'node_modules', 'vitest', 'vitest.mjs')
/** For one that hangs: the test then fails with what had been printed. */
const PATIENCE = 60_000
/** For one that is asked to end. */
const LAST_WAIT = 3_000

/** Whether there is the `script` of util-linux, which runs a command in a terminal that is no window. */
export const hasTerminal =
  process.platform === 'linux' && spawnSync('script', ['--version']).status === 0

/** Starts Vitest in a process group of its own, with an environment that holds nothing by chance. */
export function startVitest(given: {
  readonly root: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly terminal: boolean
  /** In place of Vitest itself: what starts it. */
  readonly script?: string | undefined
}): RunningVitest {
  const { root, args, env, terminal, script = VITEST } = given
  const command = [process.execPath, script, ...args]
  const [file = '', ...rest] = terminal ? inTerminal(command) : command
  const child = spawn(file, rest, {
    cwd: root,
    env: { ...outerEnvironment(), ...env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  return follow(child)
}

const inTerminal = (command: readonly string[]): string[] => {
  // Without a size of its own it would have no column at all.
  const line = `stty cols 80 rows 24; ${command.map((each) => `'${each}'`).join(' ')}`
  return ['script', '--quiet', '--flush', '--return', '--command', line, '/dev/null']
}

/** Node first on the path: services start with `node`. None of this run's own variables. */
export function outerEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR } = process.env
  const path = `${dirname(process.execPath)}:${PATH}`
  return { PATH: path, HOME, ...(TMPDIR !== undefined && { TMPDIR }) }
}

function follow(child: ChildProcess): RunningVitest {
  const text = { stdout: '', stderr: '', output: '', colored: '' }
  const waiting = new Set<() => void>()
  const take = (stream: 'stdout' | 'stderr') => (chunk: string) => {
    const plain = stripVTControlCharacters(chunk)
    text.colored += chunk
    text[stream] += plain
    text.output += plain
    for (const look of waiting) look()
  }
  child.stdout?.setEncoding('utf8').on('data', take('stdout'))
  child.stderr?.setEncoding('utf8').on('data', take('stderr'))
  const state = { over: false }
  const ended = new Promise<VitestRun>((resolve) => {
    child.once('close', (code, signal) => {
      state.over = true
      for (const look of waiting) look()
      resolve({ ...text, code: code ?? SIGNALS[signal ?? ''] ?? -1 })
    })
  })
  const signal = (name: NodeJS.Signals, to: 'main' | 'group' = 'main'): void => {
    process.kill(to === 'main' ? Number(child.pid) : -Number(child.pid), name)
  }
  const kill = async (): Promise<void> => {
    if (state.over) return
    signal('SIGTERM')
    const late = setTimeout(() => signal('SIGKILL', 'group'), LAST_WAIT)
    await ended
    clearTimeout(late)
  }
  const sees = (pattern: RegExp, from = 0): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        waiting.delete(look)
        clearTimeout(timer)
        act()
      }
      const fail = (why: string): void =>
        settle(() => reject(new Error(`${why} without printing ${pattern}:\n${text.output}`)))
      const look = (): void => {
        const found = pattern.exec(text.output.slice(from))
        if (found !== null) settle(() => resolve(found))
        else if (state.over) fail('Vitest ended')
      }
      const timer = setTimeout(() => fail(`${PATIENCE / 1_000} s went by`), PATIENCE)
      waiting.add(look)
      look()
    })
  const type = (keys: string): void => void child.stdin?.write(keys)
  const position = (): number => text.output.length
  return { pid: Number(child.pid), ended, sees, position, type, signal, kill }
}

const SIGNALS: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143, SIGKILL: 137 }
