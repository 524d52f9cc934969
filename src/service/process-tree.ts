import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { processTable } from './process-table.ts'
import type { ProcessRow } from './process-table.ts'

/**
 * The pids of a process and of all its descendants, itself first; empty when it has ended.
 * Linux reads `/proc/<pid>/task/<thread>/children` (some ten microseconds a thread, so that watching
 * costs the generator nothing noticeable); others run `ps` once.
 */
export async function processTree(root: number): Promise<readonly number[]> {
  if (process.platform !== 'linux' || !kernelListsChildren())
    return treeOf(await processTable(), root)
  const pids: number[] = []
  const waiting = [root]
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    const children = childrenOf(pid)
    if (children === undefined) continue
    pids.push(pid)
    waiting.push(...children)
  }
  return pids[0] === root ? pids : []
}

/** The same from a table of all processes. */
export function treeOf(rows: readonly ProcessRow[], root: number): readonly number[] {
  const alive = rows.filter((row) => !row.zombie)
  if (!alive.some(({ pid }) => pid === root)) return []
  return withDescendants(alive, [root])
}

/** `roots` and all that descend from them, each once. */
export function withDescendants(
  rows: readonly ProcessRow[],
  roots: readonly number[],
): readonly number[] {
  const children = Map.groupBy(rows, ({ parent }) => parent)
  const found = new Set(roots)
  // A set is walked in the order of insertion, what is added on the way included.
  for (const pid of found) for (const child of children.get(pid) ?? []) found.add(child.pid)
  return [...found]
}

/** Linux can be built without `CONFIG_PROC_CHILDREN`. */
function kernelListsChildren(): boolean {
  return existsSync(`/proc/${process.pid}/task/${process.pid}/children`)
}

function childrenOf(pid: number): readonly number[] | undefined {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => childrenOfThread(pid, thread))
  } catch {
    return undefined // no such process
  }
}

function childrenOfThread(pid: number, thread: string): readonly number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1')
    return text
      .split(' ')
      .filter((each) => each !== '')
      .map(Number)
  } catch {
    return [] // the thread ended meanwhile
  }
}
