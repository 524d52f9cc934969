// A service that answers at once; it ends with the process that started it.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cpuUsed } from '../common/answer-calls.ts'

const server = createServer((request, response) => {
  response.end(request.url === '/cpu' ? String(cpuUsed()) : '{"status":"ok"}')
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
process.stdin.resume().on('end', () => process.exit())
