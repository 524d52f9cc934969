import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * `npm run demo:all`: the suite of every example, one after the other, each beside its own service.
 * An example is a folder here with a `vitest.config.ts`; another folder of examples may be named.
 * All of them run, whatever fails; the exit code is 1 when one did.
 */
const [folder = import.meta.dirname] = process.argv.slice(2)
const VITEST = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs')

interface Ended {
  readonly name: string
  readonly passed: boolean
  readonly seconds: number
}

function run(name: string): Ended {
  console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 76 - name.length))}`)
  const started = performance.now()
  const command = [VITEST, 'run', '--root', join(folder, name)]
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' })
  return { name, passed: status === 0, seconds: (performance.now() - started) / 1_000 }
}

const examples = readdirSync(folder).filter((name) =>
  existsSync(join(folder, name, 'vitest.config.ts')),
)
const ended = examples.toSorted().map(run)

console.log(`\n── all examples ${'─'.repeat(64)}`)
for (const { name, passed, seconds } of ended) {
  console.log(` ${passed ? '✓' : '✗'} ${name.padEnd(20)} ${Math.round(seconds)} s`)
}
if (ended.length === 0) console.log(` no example in ${folder}`)
process.exitCode = ended.length > 0 && ended.every(({ passed }) => passed) ? 0 : 1
