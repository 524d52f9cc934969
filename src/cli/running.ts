import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { UsageError } from '../errors/usage-error.ts'
import { findRunning, removeRunningFile, type FoundRun } from '../live/running-file.ts'
import { resultsFolder } from './runs.ts'
import { note } from './terminal.ts'

/** The Vitest of this project whose perf tests run, or which waits for changes; the newest of several. */
export function findVitest(dir: string | undefined): FoundRun | undefined {
  const all = findRunning(resultsFolder(dir))
  for (const { pid, path } of all.filter(({ stale }) => stale)) {
    note(
      `! Vitest with pid ${pid} was killed: what it had measured is kept, see vitest-perf results`,
    )
    removeRunningFile(path)
  }
  const [newest, ...others] = all.filter(({ stale }) => !stale)
  if (newest !== undefined && others.length > 0) {
    const pids = others.map(({ pid }) => pid).join(', ')
    note(`! more than one runs here: this is the one with pid ${newest.pid}, not ${pids}`)
  }
  return newest
}

/** @throws UsageError when none runs */
export function needVitest(dir: string | undefined): FoundRun {
  const found = findVitest(dir)
  if (found !== undefined) return found
  throw UsageError.saying('run', NOTHING)
}

export const NOTHING = 'no perf test runs here: vitest-perf run starts them'

/** What its main process answers; `undefined` when it does not listen, since no perf test runs. */
export async function ask<T>(
  { socket: socketPath }: FoundRun,
  path: string,
): Promise<T | undefined> {
  const answer = await answerOf(socketPath, path)
  if (answer === undefined) return undefined
  const { result, message } = JSON.parse(answer) as { result?: T; message?: string }
  if (message !== undefined) throw new Error(message)
  return result
}

function answerOf(socketPath: string, path: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, path, method: 'POST', agent: false }, (response) => {
      text(response).then(resolve, () => resolve(undefined))
    })
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (GONE.has(error.code ?? '')) resolve(undefined)
      else reject(error)
    })
    sent.end()
  })
}

const GONE = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'])
