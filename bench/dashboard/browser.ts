import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import type { Cores } from '../common/cores.ts'

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** A browser that shares its core with the service, and leaves the generator its own. */
export async function startBrowser(cores: Cores | undefined): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-dashboard-'))
  const path = join(folder, 'chromium.sh')
  const pin = cores === undefined ? '' : `taskset -c ${cores.server} `
  await writeFile(path, `#!/bin/sh\nexec ${pin}${EXECUTABLE} "$@"\n`)
  await chmod(path, 0o755)
  const browser = await chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    timeout: 60_000,
  })
  await rm(folder, { recursive: true, force: true })
  return browser
}
