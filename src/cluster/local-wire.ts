import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import type { Entry, Json, Loss } from './rendezvous.ts'

/** What a generator asks of the place where those of one machine meet; one line of JSON each. */
export type LocalAsk =
  | { readonly op: 'join'; readonly generator: number; readonly of: number }
  /** The value, or that this one is to make it. */
  | { readonly op: 'take'; readonly id: string }
  | { readonly op: 'made'; readonly id: string; readonly made: Made }
  /** Answered when all have signalled. */
  | { readonly op: 'signal'; readonly event: string }
  /** Who has not signalled. */
  | { readonly op: 'missing'; readonly event: string }
  | { readonly op: 'append'; readonly stream: string; readonly entry: Entry }
  /** Answered with every entry. */
  | { readonly op: 'read'; readonly stream: string }
  | { readonly op: 'leave' }

/** What was made by one for all. */
export type Made = { readonly value: Json } | { readonly failed: string }

/** What is answered to `nr`, or told without having been asked. */
export type LocalAnswer =
  | { readonly nr: number; readonly ok: true }
  | { readonly nr: number; readonly make: true }
  | { readonly nr: number; readonly made: Made }
  | { readonly nr: number; readonly missing: readonly number[] }
  | { readonly nr: number; readonly entry: Entry }
  | { readonly nr: number; readonly refused: string }
  | { readonly loss: Loss }

/** Answers one question. */
export type Reply = (answer: Unnumbered<LocalAnswer>) => void

type Unnumbered<A> = A extends { readonly nr: number } ? Omit<A, 'nr'> : never

export type Numbered = LocalAsk & { readonly nr: number }

export const sendLine = (socket: Socket, message: Numbered | LocalAnswer): void =>
  void socket.write(`${JSON.stringify(message)}\n`)

/** Calls with each line that comes. */
export function onLine<T>(socket: Socket, take: (message: T) => void): void {
  const lines = createInterface({ input: socket, crlfDelay: Infinity })
  lines.on('line', (line) => take(JSON.parse(line) as T))
  // It repeats those of the socket, which are seen there.
  lines.on('error', () => {})
}
