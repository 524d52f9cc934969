// A service that does what its path says: blocks its event loop, holds on to memory, starts a process.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'

const held: Buffer[] = []
const IDLE = ['-e', 'setInterval(() => {}, 1000)']

const acts: Readonly<Record<string, () => void>> = {
  '/block': () => {
    const end = performance.now() + 400
    while (performance.now() < end);
  },
  '/hold': () => void held.push(Buffer.alloc(50e6, 1)),
  '/fork': () => void spawn(process.execPath, IDLE, { stdio: 'inherit' }),
}

createServer((request, response) => {
  acts[request.url ?? '']?.()
  response.end('done')
}).listen(Number(process.env['PORT']), '127.0.0.1')
