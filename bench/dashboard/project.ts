import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cores } from '../common/cores.ts'

export interface ProjectOptions {
  readonly name: string
  readonly baseUrl: string
  /** What a generator may take, in seconds: longer than the bench. */
  readonly seconds: number
  readonly cores: Cores | undefined
}

/** Where the generator notes which process it is. */
export const PID = 'pid'

/** A generator that is as busy as it can be, on a core that is its own where one can be given. */
const perfTest = ({ cores, seconds }: ProjectOptions): string => `
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { test } from 'vitest-perf'
test('gets', async ({ load }) => {
  ${cores === undefined ? '' : `spawnSync('taskset', ['-a', '-p', '-c', '${cores.client}', String(process.pid)])`}
  writeFileSync('${PID}', String(process.pid))
  await load({ users: 50, warmUp: '1s', duration: '${seconds}s' }, ({ http }) => http.get('/'))
})
`

const config = ({ baseUrl }: ProjectOptions): string => `import { perf } from 'vitest-perf/plugin'
export default { plugins: [perf({ include: ['*.perf.ts'], baseUrl: '${baseUrl}', report: false })] }
`

/** A suite of one load against a service, inside the package, which thereby finds itself by its name; git ignores it. */
export async function createProject(options: ProjectOptions): Promise<string> {
  const root = fileURLToPath(
    new URL(`../../.tmp/bench-dashboard-${options.name}/`, import.meta.url),
  )
  await rm(root, { recursive: true, force: true })
  await mkdir(root, { recursive: true })
  await writeFile(join(root, 'vitest.config.js'), config(options))
  await writeFile(join(root, 'gets.perf.ts'), perfTest(options))
  return root
}
