import { execFileSync, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { outerEnvironment } from './vitest-process.ts'

/** Whether there is a tmux, in whose windows a test can see what a person would. */
export const hasTmux = spawnSync('tmux', ['-V']).status === 0

/** A command in a window of a terminal. */
export interface Tmux {
  /** What is on the screen now, line by line. */
  screen(): readonly string[]
  /** All that was ever on it, and has scrolled away. */
  history(): readonly string[]
  resize(columns: number, rows: number): void
  /** Types into it, as tmux names keys: `C-c`, `q`. */
  type(...keys: readonly string[]): void
  /** The exit code, once the command has ended. */
  code(): number | undefined
}

interface Size {
  readonly columns: number
  readonly rows: number
}

/**
 * Runs a command and notes its exit code in a file. Ctrl+C reaches this shell as well, which goes on. tmux knows the
 * code, too, but not always: it may leave what has ended unasked for (3.3a).
 */
const NOTES_CODE = [
  'sh',
  '-c',
  'trap : INT; file=$1; shift; "$@"; echo $? > "$file.new"; mv "$file.new" "$file"',
  'sh',
] as const

/** Runs a command in a server of its own, which ends with the test. */
export function startTmux(root: string, words: readonly string[], { columns, rows }: Size): Tmux {
  const server = `vitest-perf-${randomUUID().slice(0, 8)}`
  const tmux = (...args: readonly string[]): string =>
    execFileSync('tmux', ['-L', server, ...args], { encoding: 'utf8' })
  const environment = Object.entries(outerEnvironment()).map(([name, value]) => `${name}=${value}`)
  const line = ['env', '-i', ...environment, 'TERM=screen-256color', 'LANG=C.UTF-8', ...words]
  const code = join(tmpdir(), `${server}.code`)
  const command = [...NOTES_CODE, code, ...line].map((each) => `'${each}'`).join(' ')
  const window = `new-session -d -x ${columns} -y ${rows}`.split(' ')
  const options = 'set-option -g remain-on-exit on ; set-option -g history-limit 9999'.split(' ')
  const start = ['-f', '/dev/null', '-u', 'start-server', ';', ...options, ';', ...window]
  tmux(...start, '-c', root, command)
  onTestFinished(() => {
    spawnSync('tmux', ['-L', server, 'kill-server'])
    rmSync(code, { force: true })
  })
  const lines = (text: string): readonly string[] => text.split('\n').map((each) => each.trimEnd())
  return {
    screen: () => lines(tmux('capture-pane', '-p')),
    history: () => lines(tmux('capture-pane', '-p', '-J', '-S', '-')),
    resize: (width, height) =>
      void tmux('resize-window', '-x', String(width), '-y', String(height)),
    type: (...keys) => void tmux('send-keys', ...keys),
    code: () => (existsSync(code) ? Number(readFileSync(code, 'utf8')) : undefined),
  }
}
