import { startBrowser } from '/work/w3/bench/dashboard/browser.ts'
import { createProject } from '/work/w3/bench/dashboard/project.ts'
import { runLoad } from '/work/w3/bench/dashboard/run-load.ts'
import { Child } from '/work/w3/bench/common/child.ts'
import { findCores } from '/work/w3/bench/common/cores.ts'
import { readFileSync } from 'node:fs'
const cores = findCores()
const server = new Child(new URL('file:///work/w3/bench/http/server.ts'), { core: 'server' })
const project = await createProject(await server.call('url'))
const browser = await startBrowser(project.root, cores)
const stat = () => {
  const a = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).slice(1).map(Number)
  return [a[3] + a[4], a.reduce((x, y) => x + y)]
}
const sleep = (ms) => new Promise((r) => setTimeout(r, ms))
async function quiet() {
  for (let i = 0; i < 200; i++) {
    const [i0, t0] = stat()
    await sleep(700)
    const [i1, t1] = stat()
    if ((i1 - i0) / (t1 - t0) > 0.8) return true
  }
  return false
}
for (let i = 0; i < 6; i++)
  for (const w of i % 2 ? [undefined, browser] : [browser, undefined]) {
    const q = await quiet()
    const [i0, t0] = stat()
    const c = await server.call('cpu')
    const r = await runLoad(project.root, { cores, watching: w }).catch((e) =>
      String(e).slice(0, 300),
    )
    const [i1, t1] = stat()
    console.log(
      q,
      w ? 'with   ' : 'without',
      JSON.stringify(r),
      'server ms',
      Math.round((await server.call('cpu')) - c),
      'host busy',
      Math.round(100 - (100 * (i1 - i0)) / (t1 - t0)),
    )
  }
await browser.close()
await server[Symbol.asyncDispose]()
process.exit()
