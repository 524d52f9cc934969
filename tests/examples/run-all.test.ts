import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { vitestProject } from '../support/vitest-project.ts'

const MAIN = join(import.meta.dirname, '../../examples/run-all.ts')

/** Runs all examples of a folder. */
async function runAll(folder: string): Promise<{ code: number; lines: readonly string[] }> {
  const child = spawn(process.execPath, [MAIN, folder], { stdio: ['ignore', 'pipe', 'ignore'] })
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')])
  return { code: Number(code), lines: stripVTControlCharacters(output).split('\n') }
}

const CONFIG = `export default {}`
const suite = (body: string): string =>
  `import { test } from 'vitest'\ntest('it', () => { ${body} })`

test('every example runs, also after one that fails, and the exit code tells', async () => {
  await using project = await vitestProject('run-all', {
    'a/vitest.config.ts': CONFIG,
    'a/a.test.ts': suite(`throw new Error('on purpose')`),
    'b/vitest.config.ts': CONFIG,
    'b/b.test.ts': suite(''),
    'services/no-example.ts': '',
  })
  const { code, lines } = await runAll(project.root)
  expect(code).toBe(1)
  const last = lines.slice(lines.findLastIndex((line) => line.startsWith('── all examples')) + 1)
  expect(last.map((line) => line.replace(/\d+ s$/, 'N s'))).toEqual([
    ' ✗ a                    N s',
    ' ✓ b                    N s',
    '',
  ])
}, 60_000)

test('no example is no success', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'no-example-'))
  const { code, lines } = await runAll(folder)
  expect(code).toBe(1)
  expect(lines).toContain(` no example in ${folder}`)
  await rm(folder, { recursive: true })
})
