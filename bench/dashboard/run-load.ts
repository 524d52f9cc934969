import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import type { RunFile } from '../../src/run-file/run-file.ts'
import type { Cores } from '../common/cores.ts'

const VITEST = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))

interface Sides {
  readonly cores: Cores | undefined
  /** Who looks at the dashboard; there is none without. */
  readonly watching: Browser | undefined
}

/** One run of Vitest, from which its run file tells what the load did. @throws Error when it failed */
export async function runLoad(
  root: string,
  { cores, watching }: Sides,
): Promise<{ readonly perSecond: number; readonly cpuMicros: number }> {
  const command = [process.execPath, VITEST, 'run', '--root', root]
  const pinned = cores === undefined ? command : ['taskset', '-c', `${cores.server}`, ...command]
  const [program = '', ...args] = pinned
  const { PERF_DASHBOARD: _, ...environment } = process.env
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...environment,
      ...(cores !== undefined && { BENCH_CORE: String(cores.client) }),
      ...(watching !== undefined && { PERF_DASHBOARD: '1' }),
    },
  })
  const output = new Output(child)
  const ended = once(child, 'exit')
  const points = watching === undefined ? 0 : await watched(watching, output, ended)
  const [code] = (await ended) as [number | null]
  if (code !== 0) throw new Error(`vitest ended with ${code}: ${output.text}`)
  if (watching !== undefined && points < 3) throw new Error(`the browser drew ${points} points`)
  return figuresOf(root)
}

/**
 * How many seconds the page had drawn by the time that the load had ended. It is not asked before: who waits for an
 * element has the browser draw sixty times a second.
 */
async function watched(browser: Browser, output: Output, ended: Promise<unknown>): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  try {
    await page.goto(await output.address())
    await ended
    await page.locator('.state[data-state=Finished]').waitFor({ timeout: 60_000 })
    return Number(await page.locator('[data-chart=rates]').first().getAttribute('data-points'))
  } finally {
    await page.close()
  }
}

async function figuresOf(root: string): Promise<{ perSecond: number; cpuMicros: number }> {
  const folder = join(root, '.vitest', 'perf')
  const [name = ''] = (await readdir(folder)).filter((each) => each.endsWith('.json'))
  const file = JSON.parse(await readFile(join(folder, name), 'utf8')) as RunFile
  await rm(folder, { recursive: true, force: true })
  const run = file.tests[0]?.record.runs[0]
  const perSecond = run?.whole.throughput ?? Number.NaN
  const cpu = run?.generator?.cpu.process ?? Number.NaN
  return { perSecond, cpuMicros: (cpu * 1e6) / perSecond }
}

/** What Vitest printed. */
class Output {
  text = ''
  readonly #address = Promise.withResolvers<string>()

  constructor(child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.text += chunk
        const [address] = /http:\/\/\S+#token=\S+/.exec(this.text) ?? []
        if (address !== undefined) this.#address.resolve(address)
      })
    }
    child.once('exit', () => this.#address.reject(new Error(`no dashboard: ${this.text}`)))
    this.#address.promise.catch(() => {})
  }

  address(): Promise<string> {
    return this.#address.promise
  }
}
