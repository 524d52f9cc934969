import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import type { Cores } from '../common/cores.ts'

const EXECUTABLE = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** A browser that leaves the generator its core, and the service its turn, as one on another machine would. */
export async function startBrowser(folder: string, cores: Cores | undefined): Promise<Browser> {
  const path = join(folder, 'chromium.sh')
  const pin = cores === undefined ? '' : `taskset -c ${cores.server} `
  await writeFile(path, `#!/bin/sh\nexec nice -n 19 ${pin}${EXECUTABLE} "$@"\n`)
  await chmod(path, 0o755)
  return chromium.launch({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    timeout: 60_000,
  })
}
