import { answerCalls, cpuUsed } from '../common/answer-calls.ts'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'

/**
 * The least HTTP server there is: it never parses, it answers every request that has come in whole
 * with the same bytes, so that it is not what limits a client.
 */
const BODY = '{"id":1,"name":"bamboo","ok":1}'
const ANSWER = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`,
)
const LENGTH = Buffer.from('ontent-')

const total = { answered: 0 }
const server = createServer({ noDelay: true }, (socket: Socket) => {
  let missing = 0
  socket.on('data', (chunk: Buffer) => {
    missing = missing > 0 ? missing - chunk.length : bodyMissing(chunk)
    if (missing > 0) return
    total.answered++
    socket.write(ANSWER)
  })
  socket.on('error', () => socket.destroy())
})

/** How much of a request's body is still to come; its head always comes in one piece. */
function bodyMissing(chunk: Buffer): number {
  if (chunk[0] !== 0x50) return 0 // Only POST has a body.
  const head = chunk.indexOf('\r\n\r\n')
  const at = chunk.indexOf(LENGTH)
  const length = /length: (\d+)/i.exec(chunk.toString('latin1', at, head))?.[1]
  return Number(length) - (chunk.length - head - 4)
}

server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo

answerCalls({
  url: () => `http://127.0.0.1:${port}`,
  cpu: cpuUsed,
  answered: () => total.answered,
})
