// A cluster whose workers share the listening socket itself with the process that started them.
import cluster from 'node:cluster'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

cluster.schedulingPolicy = cluster.SCHED_NONE
if (cluster.isPrimary) {
  cluster.fork()
  cluster.fork()
} else {
  const server = createServer()
  server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
}
