import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import type { Address } from './address.ts'

/** One look at a service. */
export interface Probe {
  readonly ready: boolean
  /** What was seen, for the message of a start that failed. */
  readonly said: string
}

/** Whether the port accepts a connection; with `localhost` on IPv4 or IPv6. */
export function probePort({ host, port }: Address, signal: AbortSignal): Promise<Probe> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, signal })
    const settle = (ready: boolean, said: string): void => {
      socket.destroy()
      resolve({ ready, said })
    }
    socket.once('connect', () => settle(true, `port ${port} accepts connections`))
    socket.on('error', (error) => settle(false, `port ${port}: ${reasonOf(error)}`))
  })
}

/** Whether the URL answers 2xx or 3xx. A certificate is not judged here: the clients do that. */
export function probeUrl(url: string, signal: AbortSignal): Promise<Probe> {
  return new Promise((resolve) => {
    const request = url.startsWith('https:') ? httpsRequest : httpRequest
    const outgoing = request(url, { agent: false, rejectUnauthorized: false, signal }, (answer) => {
      const status = answer.statusCode ?? 0
      answer.on('error', () => {}).resume()
      resolve({ ready: status >= 200 && status < 400, said: `it answered ${status}` })
    })
    outgoing.on('error', (error) => resolve({ ready: false, said: reasonOf(error) }))
    outgoing.end()
  })
}

/** `connection refused`, or whatever the system calls it. */
function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ECONNREFUSED') return 'connection refused'
  if (code === 'ABORT_ERR') return 'no answer'
  return code ?? error.message
}
