// A cluster whose workers share the listening socket itself with the process that started them. Each
// holds some memory of its own and is busy for a part of the time.
import cluster from 'node:cluster'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

cluster.schedulingPolicy = cluster.SCHED_NONE
if (cluster.isPrimary) {
  const workers = Number(process.env['WORKERS'] ?? 2)
  for (let worker = 1; worker <= workers; worker += 1) cluster.fork({ WORKER: String(worker) })
} else {
  const held = Buffer.alloc(Number(process.env['WORKER']) * 10_000_000, 1)
  if (process.env['BUSY'] !== undefined) setInterval(spin, 100)
  const server = createServer((_, response) => response.end(String(held.length)))
  server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
}

function spin(): void {
  const end = Date.now() + 20
  while (Date.now() < end);
}
