import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { RunData } from '../../src/load/load-run.ts'

/** Inside the package, which thereby finds itself by its name; git ignores it. */
const ROOT = fileURLToPath(new URL('../../.tmp/bench-generators/', import.meta.url))
const RUN = join(ROOT, 'run.json')
const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))

/** A generator writes its run for us: all of them have the same one. */
const CONFIG = `import { perf } from 'vitest-perf/plugin'
export default { plugins: [perf({ include: '*.perf.js', report: false })] }
`

/** A user reads an answer, and does with it what costs its generator time. */
const WORK = `import { writeFileSync } from 'node:fs'
import { test } from 'vitest-perf'
const document = JSON.stringify(Array.from({ length: Number(process.env.ROWS) }, (_, id) => ({ id, name: 'row ' + id })))
test('work', async ({ load }) => {
  const run = await load({ users: 20, rampUp: '1s', duration: '4s' }, async ({ http }) => {
    await http.get('/')
    JSON.stringify(JSON.parse(document))
  })
  writeFileSync('run.json', JSON.stringify(run))
})
`

/** Users who read one stream after the other, each with a token every 100 ms. */
const STREAMS = `import { writeFileSync } from 'node:fs'
import { test } from 'vitest-perf'
test('streams', async ({ load }) => {
  const run = await load({ users: 2000, rampUp: '10s', duration: '10s', gracefulStop: '10s' }, async ({ http }) => {
    await http.stream('/', { wire: 'sse' })
  })
  writeFileSync('run.json', JSON.stringify(run))
})
`

/** A suite of one load; its generators and its service come from the environment. */
export interface Project extends AsyncDisposable {
  /** Its run. @throws Error with what Vitest printed when there is none */
  run(name: 'work' | 'streams', env: Readonly<Record<string, string>>): Promise<RunData>
}

export async function createProject(): Promise<Project> {
  await rm(ROOT, { recursive: true, force: true })
  await mkdir(ROOT, { recursive: true })
  const files = { 'vitest.config.js': CONFIG, 'work.perf.js': WORK, 'streams.perf.js': STREAMS }
  for (const [name, content] of Object.entries(files)) await writeFile(join(ROOT, name), content)
  return {
    run: async (name, env) => {
      await rm(RUN, { force: true })
      const printed = await vitest(name, env)
      const text = await readFile(RUN, 'utf8').catch(() => '')
      if (text === '') throw new Error(printed)
      return JSON.parse(text) as RunData
    },
    [Symbol.asyncDispose]: () => rm(ROOT, { recursive: true, force: true }),
  }
}

async function vitest(name: string, env: Readonly<Record<string, string>>): Promise<string> {
  const args = [VITEST, 'run', '--root', ROOT, `${name}.perf.js`]
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  const printed = Promise.all([text(child.stdout), text(child.stderr)])
  await once(child, 'exit')
  return (await printed).join('')
}
