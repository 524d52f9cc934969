import { createHash } from 'node:crypto'
import type { RunData } from '../../load/load-run.ts'
import { cleanText } from '../clean-text.ts'

export interface K6Check {
  readonly name: string
  readonly path: string
  readonly id: string
  readonly passes: number
  readonly fails: number
}

export interface K6Group {
  readonly name: string
  readonly path: string
  readonly id: string
  readonly groups: readonly K6Group[]
  readonly checks: readonly K6Check[]
}

/** The groups of a load within each other, and its checks, which belong to no group here. */
export function rootGroup({ groups, checks }: RunData): K6Group {
  const paths = groups.map(({ name }) => name.split(' › ').map(plainName))
  const root = groupAt([], paths)
  return {
    ...root,
    checks: checks.map(({ name, passed, failed }) => {
      const path = `::${plainName(name)}`
      return { name: plainName(name), path, id: idOf(path), passes: passed, fails: failed }
    }),
  }
}

function groupAt(path: readonly string[], all: readonly (readonly string[])[]): K6Group {
  const inner = all.filter(
    (each) => each.length > path.length && path.every((name, at) => each[at] === name),
  )
  const names = [...new Set(inner.map((each) => each[path.length] as string))]
  const full = path.map((name) => `::${name}`).join('')
  return {
    name: path.at(-1) ?? '',
    path: full,
    id: idOf(full),
    groups: names.map((name) => groupAt([...path, name], all)),
    checks: [],
  }
}

/** k6 parts names by `::` and refuses it within them. */
const plainName = (name: string): string => cleanText(name).replaceAll('::', ':')

/** k6 tells groups and checks apart by the MD5 of their path. */
const idOf = (path: string): string => createHash('md5').update(path).digest('hex')
