import { createMethodsRPC } from 'vitest/node'
import type { RunnerTaskResultPack, RunnerTestFile, TestProject } from 'vitest/node'

/** A call of a test process to the main process, on the wire of Vitest. */
interface Call {
  readonly t: 'q'
  readonly m: string
  readonly a: readonly unknown[]
  /** Missing when no answer is awaited. */
  readonly i?: string
}

/** What a process that runs a test tells of it. */
export interface Heard {
  /** Something was thrown: by the file, by a test in it, by nobody's code. */
  error(error: unknown): void
  print(text: string): void
}

export const isCall = (message: unknown): message is Call =>
  typeof message === 'object' && message !== null && 't' in message && message.t === 'q'

/**
 * Answers the calls of a follower: modules come from Vitest's own server, as for any test process, and what it
 * tells of its test reaches no reporter, for that test is reported already.
 */
export function answerCalls(project: TestProject, heard: Heard): (call: Call) => Promise<unknown> {
  const methods: object = createMethodsRPC(project, { cacheFs: true })
  const theirs = new Map<string, unknown>(Object.entries(methods))
  return async ({ m: method, a: args, i }) => {
    const answer = async (): Promise<unknown> => {
      hear(method, args, heard)
      const call = isTelling(method) ? undefined : theirs.get(method)
      return typeof call === 'function' ? (call.apply(methods, args) as unknown) : undefined
    }
    return answer().then(
      (r) => ({ t: 's', i, r }),
      (e: unknown) => ({ t: 's', i, e }),
    )
  }
}

/** Whether a call would change what Vitest knows of the tests. */
const isTelling = (method: string): boolean => method.startsWith('on') || CHANGES.includes(method)

const CHANGES = ['snapshotSaved', 'writeBenchmarkResult', 'getCountOfFailedTests']

function hear(method: string, args: readonly unknown[], heard: Heard): void {
  const [first] = args
  if (method === 'onUserConsoleLog') heard.print((first as { content: string }).content)
  else if (method === 'onUnhandledError') heard.error(first)
  else if (method === 'onCollected') {
    for (const { result } of first as readonly RunnerTestFile[]) all(result?.errors, heard)
  } else if (method === 'onTaskUpdate') {
    for (const [, result] of first as readonly RunnerTaskResultPack[]) all(result?.errors, heard)
  }
}

function all(errors: readonly unknown[] | undefined, heard: Heard): void {
  for (const error of errors ?? []) heard.error(error)
}
