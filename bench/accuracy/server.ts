import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { answerCalls } from '../common/answer-calls.ts'
import { seededRandom } from '../../src/stats/random.ts'

const MEDIAN = 20
const SPREAD = 0.5
const SLOW = 200
/** A little over 1 %: at 1 % sharp the p99 would stand on the step between both. */
const SLOW_SHARE = 0.012

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}'
const random = seededRandom(7)
const truth: number[] = []

/** Log-normal, some of them slow. */
function delay(): number {
  if (random() < SLOW_SHARE) return SLOW
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return MEDIAN * Math.exp(SPREAD * normal)
}

/** Answers a GET after its delay and notes how long that really was, on its own clock. */
function answer(socket: Socket, receivedAt: number): void {
  setTimeout(() => {
    socket.write(ANSWER)
    truth.push(performance.now() - receivedAt)
  }, delay())
}

const server = createServer({ noDelay: true }, (socket) => {
  socket.on('data', () => answer(socket, performance.now()))
  socket.on('error', () => socket.destroy())
})
server.listen(0, '127.0.0.1')
await once(server, 'listening')
const { port } = server.address() as AddressInfo

answerCalls({
  url: () => `http://127.0.0.1:${port}`,
  forget: () => truth.splice(0).length,
  /** The value at each percentile of all delays, by nearest rank. */
  truth: (percentiles: readonly number[]) => {
    const sorted = truth.toSorted((left, right) => left - right)
    const at = percentiles.map((each) => sorted[Math.ceil((each / 100) * sorted.length) - 1])
    return { count: sorted.length, percentiles: at }
  },
})
