import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const FILES = 10

/** Inside the package, which thereby finds itself by its name; git ignores it. */
const ROOT = fileURLToPath(new URL('../../.tmp/bench-plugin/', import.meta.url))

const TEST = `import { expect, test } from 'vitest'
test('adds', () => expect(1 + 1).toBe(2))
test('joins', () => expect(['a', 'b'].join('')).toBe('ab'))
test('waits', async () => expect(await Promise.resolve(3)).toBe(3))
`

const config = (importing: string, plugins: string): string => `${importing}
export default { plugins: [${plugins}], test: { include: ['*.test.ts'] } }
`

/** An ordinary suite of small files, with a config for each side; removed when disposed of. */
export async function createProject(): Promise<AsyncDisposable & { readonly root: string }> {
  await rm(ROOT, { recursive: true, force: true })
  await mkdir(ROOT, { recursive: true })
  const files: readonly (readonly [string, string])[] = [
    ['without.config.js', config('', '')],
    ['with.config.js', config(`import { perf } from 'vitest-perf/plugin'`, 'perf()')],
    ...Array.from({ length: FILES }, (_, index) => [`suite-${index}.test.ts`, TEST] as const),
  ]
  await Promise.all(files.map(([name, text]) => writeFile(join(ROOT, name), text)))
  const dispose = (): Promise<void> => rm(ROOT, { recursive: true, force: true })
  return { root: ROOT, [Symbol.asyncDispose]: dispose }
}
