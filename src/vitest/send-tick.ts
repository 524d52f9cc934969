import { request } from 'node:http'
import type { Tick } from '../load/tick.ts'

/**
 * Tells the main process what a load does. Nothing depends on it: while one tick is under way the next
 * is left out, and nobody who listens is no mistake.
 */
export function tickSender(socketPath: string): (tick: Tick) => void {
  const state = { underWay: false }
  return (tick) => {
    if (state.underWay && !tick.over) return
    state.underWay = true
    const sent = request({ socketPath, path: '/tick', method: 'POST' }, (response) =>
      response.resume(),
    )
    sent.on('socket', (socket) => socket.unref())
    sent.on('error', () => {})
    sent.on('close', () => {
      state.underWay = false
    })
    sent.end(JSON.stringify(tick))
  }
}
