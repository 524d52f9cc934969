import { cleanText } from '../clean-text.ts'

/** A text of someone else's on its own lines, each of them harmless: see `cleanText`. */
export const cleanBlock = (text: string): string =>
  text
    .slice(0, LONGEST)
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => (/^[\t ]*/.exec(line)?.[0].replaceAll('\t', '  ') ?? '') + cleanText(line))
    .join('\n')
    .trimEnd()

/** More than a file keeps of any. */
const LONGEST = 4_000
