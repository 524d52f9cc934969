// A service that holds on to so many bytes of each request (LEAK), and makes much garbage or little (CHURN).
import { createServer } from 'node:http'

const leak = Number(process.env['LEAK'])
const held: number[][] = []
/** An array of numbers is 56 bytes and 8 for each; where it is kept takes 8 more. */
const length = (leak - 64) / 8

const server = createServer((request, response) => {
  if (request.url !== '/health') {
    if (leak > 0) held.push(Array.from({ length }, (_, index) => index + 0.5).slice())
    if (process.env['CHURN'] === 'high') churn()
  }
  response.end('ok')
})

/** Some 300 KB of small objects, of which nothing is left. */
function churn(): void {
  const all = Array.from({ length: 4_000 }, (_, index) => ({ index, text: `number ${index}` }))
  if (all.at(-1)?.text === '') throw new Error('never')
}

server.listen(Number(process.env['PORT']), '127.0.0.1')
