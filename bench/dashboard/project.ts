import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Inside the package, which thereby finds itself by its name; git ignores it. */
const ROOT = fileURLToPath(new URL('../../.tmp/bench-dashboard/', import.meta.url))

/** A generator that is as busy as it can be, on a core that is its own where one can be given. */
const PERF = `import { spawnSync } from 'node:child_process'
import { test } from 'vitest-perf'
test('gets', async ({ load }) => {
  const core = process.env.BENCH_CORE
  if (core) spawnSync('taskset', ['-a', '-p', '-c', core, String(process.pid)])
  await load({ users: 50, warmUp: '3s', duration: '8s' }, ({ http }) => http.get('/'))
})
`

const config = (baseUrl: string): string => `import { perf } from 'vitest-perf/plugin'
export default { plugins: [perf({ include: ['*.perf.ts'], baseUrl: '${baseUrl}', report: false })] }
`

/** A suite of one load against a service; removed when disposed of. */
export async function createProject(
  baseUrl: string,
): Promise<AsyncDisposable & { readonly root: string }> {
  await rm(ROOT, { recursive: true, force: true })
  await mkdir(ROOT, { recursive: true })
  await writeFile(join(ROOT, 'vitest.config.js'), config(baseUrl))
  await writeFile(join(ROOT, 'gets.perf.ts'), PERF)
  const dispose = (): Promise<void> => rm(ROOT, { recursive: true, force: true })
  return { root: ROOT, [Symbol.asyncDispose]: dispose }
}
