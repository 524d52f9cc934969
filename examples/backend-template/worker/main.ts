import { createServer } from 'node:http'

/** The companion: a worker of tasks that says how it is. `node examples/backend-template/worker/main.ts` */
const startedAt = Date.now()
const worker = 'celery@worker-1'

const answers: Readonly<Record<string, () => object>> = {
  '/health': () => ({ status: 'healthy', workers: [worker] }),
  '/stats': () => ({ [worker]: { uptime: (Date.now() - startedAt) / 1_000, pool: 4 } }),
  '/active': () => ({ [worker]: [] }),
}

createServer({ keepAliveTimeout: 65_000 }, ({ url = '' }, response) => {
  const found = answers[url]
  response.writeHead(found === undefined ? 404 : 200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(found?.() ?? { detail: `nothing at ${url}` }))
}).listen(Number(process.env.PORT || 8001), '127.0.0.1')
