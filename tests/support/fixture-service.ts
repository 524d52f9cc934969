import { freePort } from './service-processes.ts'

/**
 * A service under test as one file, `node service.mjs`: `/` answers, `/slow` takes a second, `/never`
 * does not answer. It says `service <pid> is up` in its log and writes its pid into `pids.txt`.
 */
export const SERVICE = `
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'

appendFileSync('pids.txt', process.pid + '\\n')
createServer((request, response) => {
  if (request.url === '/never') return
  if (request.url === '/slow') return void setTimeout(() => response.end('slow'), 1_000)
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ pid: process.pid, cookie: request.headers.cookie ?? null, session_id: 's1', reply: 'hello' }))
}).listen(Number(process.env.PORT), '127.0.0.1', () => console.log('service', process.pid, 'is up'))
`

/** How a config begins and ends around the options of \`perf()\` and of \`test\`. */
export function config(perfOptions: string, rest = ''): string {
  return `
import { defineConfig } from 'vitest/config'
import { perf } from 'vitest-perf/plugin'

export default defineConfig({ plugins: [perf({ ${perfOptions} })], ${rest} })
`
}

/** Options of \`perf()\` that start the service on a free port. */
export async function withService(more = ''): Promise<{ port: number; options: string }> {
  const port = await freePort()
  const options = `baseUrl: 'http://127.0.0.1:${port}', server: { command: 'node service.mjs', name: 'api' }, ${more}`
  return { port, options }
}
