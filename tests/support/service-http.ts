// A service under test: answers on PORT, and may have a child that does not want to end.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'

const stubborn = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')"

function startChild(): Promise<number | undefined> {
  const { CHILD } = process.env
  if (CHILD === undefined) return Promise.resolve(undefined)
  const child = spawn(process.execPath, ['-e', stubborn], { detached: CHILD === 'escaped' })
  return new Promise((resolve) => child.stdout.once('data', () => resolve(child.pid)))
}

const child = await startChild()
const started = performance.now()
const warmUp = Number(process.env['WARM_UP'] ?? 0)

const server = createServer((request, response) => {
  const unready = performance.now() - started < warmUp
  response.statusCode = unready ? 503 : 200
  notice()
  if (request.url === '/since') return response.end(String(goodSince))
  if (request.url === '/halted') return response.end(String(halted.end))
  return response.end(
    request.url === '/env' ? JSON.stringify(process.env) : JSON.stringify([process.pid, child]),
  )
})
/** By the clock on the wall: when the first good answer could be had. */
let goodSince = 0
/** Of the longest time in which it did nothing; `end` is by the clock on the wall. */
const halted = { length: 0, end: 0 }
let noticed = performance.now()
function notice(): void {
  const now = performance.now()
  const length = now - noticed
  if (length > halted.length) Object.assign(halted, { length, end: performance.timeOrigin + now })
  noticed = now
}
setInterval(notice, 5)
server.listen(Number(process.env['PORT']), '127.0.0.1', () => {
  goodSince = performance.timeOrigin + Math.max(performance.now(), started + warmUp)
  console.log(`\u001B[32mlistening\u001B[39m on ${process.env['PORT']}`)
  console.error('and a word on stderr')
})
