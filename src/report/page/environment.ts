import type { Machine, Revision, RunFile } from '../../run-file/run-file.ts'
import { formatBytes, formatNumber } from '../../units/format.ts'
import { cleanText } from '../clean-text.ts'
import type { Fact } from './report-page.ts'

/** On what the tests ran, and what they were told. */
export function environmentOf(file: RunFile): readonly Fact[] {
  const { startedAt, machine, versions, git, target, environment = {}, id } = file
  const told = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Started', startedAt],
    ['Revision', git && revisionOf(git)],
    ['Service', target?.baseUrl],
    ['Sockets', target?.wsUrl === target?.baseUrl ? undefined : target?.wsUrl],
    ['Machine', machineOf(machine)],
    ['Versions', versionsOf(versions)],
    ['Environment', told.length === 0 ? undefined : told.join(' ')],
    ['Run', id],
  ]
  return rows.flatMap(([label, text]): Fact[] =>
    text === undefined ? [] : [[label, cleanText(text)]],
  )
}

/** `main at 4f7e11b, with changes that are not committed` */
export function revisionOf({ commit, branch, dirty }: Revision): string {
  const at = branch === undefined ? commit.slice(0, 9) : `${branch} at ${commit.slice(0, 9)}`
  return dirty ? `${at}, with changes that are not committed` : at
}

const machineOf = ({ platform, arch, cpus, cpu, memory, ci }: Machine): string =>
  [
    `${platform} ${arch}`,
    `${formatNumber(cpus)} CPUs${cpu === undefined || cpu === '' ? '' : ` (${cpu})`}`,
    ...(memory === undefined ? [] : [formatBytes(memory)]),
    ...(ci === undefined ? [] : ['CI']),
  ].join(', ')

const versionsOf = ({ perf, vitest, node }: RunFile['versions']): string =>
  [...(perf === undefined ? [] : [`vitest-perf ${perf}`]), `Vitest ${vitest}`, `Node ${node}`].join(
    ' · ',
  )
