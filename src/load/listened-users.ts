import type { Behaviour, Behaviours } from './behaviour.ts'
import type { RunEvents } from './run-events.ts'
import type { VirtualUser } from './virtual-user.ts'

/** Users whose start and stop is told. Each one's first iteration waits for the listeners. */
export function listenedUsers(behaviours: Behaviours, events: RunEvents): Behaviours {
  const listened = (user: VirtualUser): Behaviour => {
    const inner = behaviours(user)
    const told = { start: false }
    return {
      get ready() {
        return told.start && inner.ready
      },
      async start() {
        if (!told.start) await events.userStart(user.user)
        told.start = true
        if (!inner.ready) await inner.start()
      },
      iterate: () => inner.iterate(),
      rest: (startedAt, endedAt) => inner.rest(startedAt, endedAt),
      get stop(): Behaviour['stop'] {
        const { stop } = inner
        return async () => {
          await stop?.().catch(() => {})
          await events.userStop(user.user)
        }
      },
    }
  }
  return Object.assign(listened, { allow: behaviours.allow })
}
