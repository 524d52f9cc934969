import { request, type IncomingMessage } from 'node:http'
import { createInterface } from 'node:readline'
import type { Steerer } from '../load/steering.ts'
import type { SteerHello, SteerOrder, SteerReply } from './running-loads.ts'

/**
 * Lets a load be steered from the main process: it says what it is, and is told by the lines of the answer.
 * Nothing depends on it, and it keeps no process alive.
 *
 * @param task the id of its test
 */
export function steerChannel(socketPath: string, task: string): (load: Steerer) => () => void {
  return (load) => {
    const hello: SteerHello = { load: load.describe(), task }
    const sent = request({ socketPath, path: '/steer', method: 'POST', agent: false })
    sent.on('socket', (socket) => socket.unref())
    sent.on('error', () => {})
    sent.on('response', (response) => hear(response, load, socketPath))
    sent.end(JSON.stringify(hello))
    return () => void sent.destroy()
  }
}

function hear(response: IncomingMessage, load: Steerer, socketPath: string): void {
  response.on('error', () => {})
  const lines = createInterface({ input: response })
  lines.on('error', () => {})
  lines.on('line', (line) => {
    const { nr, command } = JSON.parse(line) as SteerOrder
    reply(socketPath, { nr, answer: load.steer(command) })
  })
}

function reply(socketPath: string, answer: SteerReply): void {
  const sent = request({ socketPath, path: '/steered', method: 'POST' }, (response) =>
    response.resume(),
  )
  sent.on('error', () => {})
  sent.end(JSON.stringify(answer))
}
