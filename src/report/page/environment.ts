import type { RunFile } from '../../run-file/run-file.ts'
import { formatNumber } from '../../units/format.ts'
import { cleanText } from '../clean-text.ts'
import type { Fact } from './report-page.ts'

/** On what the tests ran. */
export function environmentOf(file: RunFile): readonly Fact[] {
  const { startedAt, platform, cpus, node, vitest, id } = file
  const facts: readonly Fact[] = [
    ['Started', startedAt],
    ['Machine', `${platform}, ${formatNumber(cpus)} CPUs`],
    ['Node', node],
    ['Vitest', vitest],
    ['Run', id],
  ]
  return facts.map(([label, text]) => [label, cleanText(text)])
}
