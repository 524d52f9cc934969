import type { ServerResponse } from 'node:http'
import { Speech, type Answer } from '../../services/speech.ts'
import type { Plan } from '../../services/tokens.ts'
import type { Break, Faults } from './faults.ts'
import type { Head, Wire, Writer } from './wires/wire.ts'

/**
 * Streams an answer, token by token, with the trouble that is asked for. It stops when the client
 * leaves. Gives the text, or undefined when it was not told to its end.
 */
export async function tell(
  response: ServerResponse,
  wire: Wire,
  head: Head,
  plan: Plan,
  faults: Faults,
): Promise<string | undefined> {
  const writer = wire.stream(head)
  const send = sender(response, faults.buffered)
  response.writeHead(200, wire.headers)
  // The client is to learn at once that an answer comes, unless a proxy would keep that for itself.
  if (!faults.buffered) response.flushHeaders()
  send(writer.open())
  const { reply, tokens, stopped } = await speak(response, plan, faults.broken, (token) =>
    send(writer.token(token)),
  )
  if (stopped) {
    if (faults.broken !== undefined) await breakOff(response, writer, faults.broken)
    return undefined
  }
  send(writer.close(reply, { input: head.input, output: tokens }), true)
  return reply
}

/** Says nothing, and then the whole answer as JSON. */
export async function tellWhole(response: ServerResponse, plan: Plan): Promise<Answer | undefined> {
  const speech = new Speech(plan)
  response.once('close', speech.stop)
  const answer = await speech.ended
  return answer.stopped ? undefined : answer
}

/** Speaks until the end, or until the token at which it is to break; that one is not said any more. */
function speak(
  response: ServerResponse,
  plan: Plan,
  broken: Break | undefined,
  say: (token: string) => void,
): Promise<Answer> {
  let said = 0
  const speech = new Speech(plan, (token) => {
    if (said === broken?.after) return speech.stop()
    said += 1
    say(token)
  })
  response.once('close', speech.stop)
  return speech.ended
}

function sender(response: ServerResponse, buffered: boolean) {
  const kept: string[] = []
  return (text: string, last = false): void => {
    if (buffered) kept.push(text)
    else if (text !== '') response.write(text)
    if (last) response.end(kept.join(''))
  }
}

/** `destroySoon` sends what was written and closes the socket, the body still unfinished. */
async function breakOff(response: ServerResponse, writer: Writer, { kind }: Break): Promise<void> {
  if (kind === 'tidy') response.end()
  else if (kind === 'stall') await new Promise((resolve) => response.once('close', resolve))
  else {
    const words = kind === 'error' ? writer.error('the model gave it up') : undefined
    if (words === undefined) response.socket?.destroySoon()
    else response.end(words)
  }
}
