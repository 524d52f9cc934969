import { randomUUID } from 'node:crypto'
import type { Bamboo } from './bamboo.ts'
import { parseObject, type JsonObject } from '../../services/call.ts'
import { HttpError } from '../../services/http-error.ts'
import type { Member, Rooms } from './rooms.ts'
import type { Reply } from '../../services/speech.ts'

/** Handles one message; whatever is wrong with it is told to its sender, and the socket stays. */
export function receive(bamboo: Bamboo, rooms: Rooms, member: Member, text: string): void {
  bamboo.leak()
  try {
    dispatch(bamboo, rooms, member, parseObject(text))
  } catch (error) {
    const status = error instanceof HttpError ? error.status : 500
    const message = error instanceof Error ? error.message : String(error)
    member.send({ type: 'error', error: message, status })
  }
}

function dispatch(bamboo: Bamboo, rooms: Rooms, member: Member, message: JsonObject): void {
  switch (message.type) {
    case 'ping':
      return member.send({ type: 'pong' })
    case 'connect':
      return connect(bamboo, rooms, member, message.session_id)
    case 'chat':
      return chat(bamboo, rooms, sessionOf(member), message.message)
    case 'stop':
      return member.send({ type: 'stopped', stopped: bamboo.conversations.stop(sessionOf(member)) })
    default:
      throw new HttpError(400, `unknown type ${JSON.stringify(message.type) ?? 'undefined'}`)
  }
}

function connect(bamboo: Bamboo, rooms: Rooms, member: Member, given: unknown): void {
  const session = given === undefined || given === null ? randomUUID() : given
  if (typeof session !== 'string' || session === '') {
    throw new HttpError(400, 'session_id must be a non-empty string')
  }
  bamboo.store.create(session)
  rooms.enter(session, member)
  member.send({ type: 'connected', session_id: session })
}

/** The reply goes to everyone in the room, and on when its asker leaves. */
function chat(bamboo: Bamboo, rooms: Rooms, session: string, message: unknown): void {
  if (typeof message !== 'string' || message === '') {
    throw new HttpError(400, 'message must be a non-empty string')
  }
  bamboo.mustKnow(session)
  bamboo.admit()
  const reply = bamboo.conversations.say(session, message, {
    onToken: (content) => rooms.tellChunk(session, content),
  })
  void announce(rooms, session, reply)
}

async function announce(rooms: Rooms, session: string, reply: Reply): Promise<void> {
  const { reply: content, tokens, stopped } = await reply.ended
  const done = { type: 'done', content, session_id: session, tokens }
  rooms.tell(session, stopped ? { ...done, stopped } : done)
}

function sessionOf({ session }: Member): string {
  if (session !== undefined) return session
  throw new HttpError(400, 'not connected: send {"type":"connect","session_id":"…"} first')
}
