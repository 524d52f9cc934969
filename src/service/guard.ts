import { spawn } from 'node:child_process'

/** SIGKILL for what does not heed SIGTERM within these seconds. */
const PATIENCE = 3

/**
 * Waits for the end of its input. Whoever is done with it writes a line; when that line never comes, the
 * process that had it to write was killed, and the group goes with it.
 */
const SCRIPT = `read -r _ || { kill -s TERM -- "-$1"; sleep ${PATIENCE}; kill -s KILL -- "-$1"; } 2>/dev/null`

/**
 * Ends a group of processes when this process is killed and can do nothing any more (SIGKILL, out of
 * memory): a shell holds the other end of a pipe. Gives the function that takes it back. Not on Windows,
 * and as good as it goes: without a shell there is none.
 */
export function guard(group: number): () => void {
  if (process.platform === 'win32') return () => {}
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'guard', String(group)], {
    // Not of the group that Ctrl+C reaches, or that is killed as a whole.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const { stdin } = child
  child.on('error', () => {})
  stdin.on('error', () => {})
  child.unref()
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref()
  return () => void stdin.end('done\n')
}
