import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { answerCalls, cpuUsed } from '../common/answer-calls.ts'
import { EVENTS } from './events.ts'

/** One chunk for each event, as a service writes that has one token at a time; the last one ends it. */
const events = Array.from({ length: EVENTS }, (_, index) =>
  index === EVENTS - 1 ? '[DONE]' : `word${index}`,
)
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`
const HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n'
const ANSWER = Buffer.from(
  `${HEAD}${events.map((data) => chunk(`data: ${data}\n\n`)).join('')}0\r\n\r\n`,
)

/** Answers every read, which holds one whole GET, with all events back to back. */
const server = createServer({ noDelay: true }, (socket) => {
  socket.on('data', () => socket.write(ANSWER))
  socket.on('error', () => socket.destroy())
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo

answerCalls({ url: () => `http://127.0.0.1:${port}`, cpu: cpuUsed })
