import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { linesOf, partFile, type Part } from './journal-lines.ts'
import type { Patch } from './patch.ts'
import { isHead, Replay } from './replay.ts'

/** Reads of a journal that is being written what is new in it. */
export class JournalFollower {
  readonly #folder: string
  /** The part that was read last, and how far. */
  #at: { readonly part: Part; readonly bytes: number } | undefined
  #replay: Replay | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  /** The load so far; `undefined` before its first line. `parts`: those that are there, in their order. */
  async read(parts: readonly Part[]): Promise<Replay | undefined> {
    const at = this.#at
    const known = at === undefined ? -1 : parts.findIndex(({ from }) => from === at.part.from)
    // What it was about to read has become one with other parts: it is read again from the start.
    if (known < 0 || parts[known]?.to !== at?.part.to) this.#forget()
    for (const part of this.#at === undefined ? parts : parts.slice(known)) await this.#take(part)
    this.#replay?.coarsen()
    return this.#replay
  }

  #forget(): void {
    this.#at = undefined
    this.#replay = undefined
  }

  async #take(part: Part): Promise<void> {
    const from = this.#at?.part.from === part.from ? this.#at.bytes : 0
    const bytes = await readFrom(join(this.#folder, partFile(part)), from)
    const whole = wholeLines(bytes)
    for (const line of linesOf(whole.toString('utf8'))) this.#add(line)
    this.#at = { part, bytes: from + whole.length }
  }

  #add(line: unknown): void {
    if (this.#replay === undefined) this.#replay = isHead(line) ? new Replay(line) : undefined
    else this.#replay.add(line as Patch)
  }
}

async function readFrom(path: string, from: number): Promise<Buffer> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const buffer = Buffer.alloc(Math.max(0, size - from))
    const { bytesRead } = await file.read(buffer, 0, buffer.length, from)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Lines begin with their feed: the last one is whole when it can be read. */
function wholeLines(bytes: Buffer): Buffer {
  const last = bytes.lastIndexOf('\n')
  if (last < 0) return bytes.subarray(0, 0)
  return linesOf(bytes.toString('utf8', last)).length === 1 ? bytes : bytes.subarray(0, last)
}
