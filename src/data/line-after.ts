import { createReadStream } from 'node:fs'
import type { Bytes } from '../units/units.ts'

const [CR, LF] = [13, 10]

/**
 * The line, from 1, on which the text after `end` starts, empty lines passed over. Counted anew for
 * an error, since the parser counts a CRLF within quotes as two lines.
 */
export async function lineAfter(path: string, end: Bytes): Promise<number> {
  let line = 1
  let offset = 0
  let last = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (const byte of chunk) {
      if (offset++ >= end && byte !== CR && byte !== LF) return line
      if (byte === CR || (byte === LF && last !== CR)) line++
      last = byte
    }
  }
  return line
}
