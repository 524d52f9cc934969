import { UsageError } from '../errors/usage-error.ts'
import type { Task, Tasks } from './user-definition.ts'
import { toWeight } from './weights.ts'

/** What is picked at once: a task, or the steps of a sequence. */
export type Steps = readonly Task<never, never>[]

export interface Leaf {
  readonly weight: number
  readonly value: Steps
}

const EXPECTED = 'a function, { weight, run }, { weight, tasks } or sequence([…])'

/**
 * The tasks of a tree with their weights in the whole: a group shares its own weight among its tasks,
 * in proportion to theirs.
 * @throws UsageError for what is no task, or when there is none
 */
export function leavesOf(tasks: Tasks<never, never>, path: string): readonly Leaf[] {
  const found = Object.entries(tasks).map(([name, task]) => ofNode(task, `${path}.${name}`))
  if (found.length === 0) {
    throw new UsageError(
      path,
      "at least one task, like { chat: ({ http }) => http.get('/') }",
      tasks,
    )
  }
  return found.flat()
}

function ofNode(node: unknown, path: string): readonly Leaf[] {
  if (typeof node === 'function') return [{ weight: 1, value: [node as Task<never, never>] }]
  if (typeof node !== 'object' || node === null) throw new UsageError(path, EXPECTED, node)
  if ('sequence' in node) return [{ weight: 1, value: stepsOf(node.sequence, path) }]
  const { weight: given, run, tasks, ...rest } = node as Readonly<Record<string, unknown>>
  const weight = toWeight(given, `${path}.weight`)
  const fine = Object.keys(rest).length === 0 && (run === undefined) !== (tasks === undefined)
  if (!fine) throw new UsageError(path, EXPECTED, node)
  const leaves = run === undefined ? leavesOf(groupOf(tasks, path), path) : ofNode(run, path)
  const total = leaves.reduce((sum, leaf) => sum + leaf.weight, 0)
  return leaves.map((leaf) => ({ ...leaf, weight: (weight * leaf.weight) / total }))
}

function groupOf(tasks: unknown, path: string): Tasks<never, never> {
  if (typeof tasks === 'object' && tasks !== null) return tasks as Tasks<never, never>
  throw new UsageError(`${path}.tasks`, 'tasks by name', tasks)
}

function stepsOf(steps: unknown, path: string): Steps {
  const fine =
    Array.isArray(steps) && steps.length > 0 && steps.every((step) => typeof step === 'function')
  if (fine) return steps as Steps
  throw new UsageError(path, 'sequence([…]) of at least one function', steps)
}
