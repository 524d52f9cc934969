import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { answerCalls, cpuUsed } from '../common/answer-calls.ts'

/** Sends every message back as it came. */
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
server.on('connection', (socket) => {
  socket.on('message', (data, binary) => socket.send(data, { binary }))
})
await once(server, 'listening')
const { port } = server.address() as AddressInfo

answerCalls({ url: () => `ws://127.0.0.1:${port}`, cpu: cpuUsed })
