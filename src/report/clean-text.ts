import { stripVTControlCharacters } from 'node:util'

/**
 * A text of someone else's (a name, the start of a body) on one line, harmless to a terminal and to a
 * reader: no escape sequences, no control characters, no marks that turn the direction of writing,
 * nothing invisible, and at most two accents on a letter.
 */
export const cleanText = (text: string): string =>
  stripVTControlCharacters(text.slice(0, LONGEST).toWellFormed())
    .replaceAll(/[\p{Cc}\p{Z}]+/gu, ' ')
    // Format characters hold the directional marks and joiners; a selector changes a width.
    .replaceAll(/[\p{Cf}\p{Co}\p{Cn}\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu, '')
    .replaceAll(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim()

/** More than any line shows. */
const LONGEST = 2_000
