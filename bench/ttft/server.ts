import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { answerCalls, cpuUsed } from '../common/answer-calls.ts'
import { FIRST, GAP, TOKENS } from './pace.ts'

const chunk = (data: string): string => {
  const text = `data: ${data}\n\n`
  return `${text.length.toString(16)}\r\n${text}\r\n`
}
const HEAD =
  'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n'
const TOKEN = chunk('token')
const END = `${chunk('[DONE]')}0\r\n\r\n`

const streams: { readonly askedAt: number; truth: number }[] = []

/** Writes one token after the other and notes when the first one really went, on its own clock. */
function stream(socket: Socket, askedAt: number): void {
  const own = { askedAt, truth: Number.NaN }
  streams.push(own)
  const write = (token: number): void => {
    socket.write(token === 0 ? HEAD + TOKEN : TOKEN)
    if (token === 0) own.truth = performance.now() - askedAt
    if (token + 1 < TOKENS) setTimeout(write, GAP, token + 1)
    else socket.write(END)
  }
  setTimeout(write, FIRST, 0)
}

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('data', () => stream(socket, performance.now()))
  socket.on('error', () => socket.destroy())
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 })
await once(server, 'listening')
const { port } = server.address() as AddressInfo

answerCalls({
  cpu: cpuUsed,
  url: () => `http://127.0.0.1:${port}`,
  /** The last `count` that were asked for; all of them are forgotten then. */
  truth: (count: number) =>
    streams
      .splice(0)
      .slice(-count)
      .map(({ truth }) => truth),
})
