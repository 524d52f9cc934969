/**
 * Columns that a text takes in a terminal. After `cleanText`; where terminals differ (flags, skin
 * tones) it is the larger number, so that a line never gets too long.
 */
export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length
  let width = 0
  for (const character of text) width += widthOf(character)
  return width
}

const ASCII = /^[ -~]*$/
const NO_WIDTH = /^[\p{Mn}\p{Me}]$/u
const MARKS = /^[\p{Mn}\p{Me}]+/u

/** Unicode Standard Annex 11: wide and full-width; whole blocks where the gaps are unassigned. */
const WIDE =
  /^[\p{Emoji_Presentation}\p{RI}\u{1100}-\u{115F}\u{2329}\u{232A}\u{2E80}-\u{303E}\u{3041}-\u{A4CF}\u{A960}-\u{A97F}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE10}-\u{FE19}\u{FE30}-\u{FE6F}\u{FF00}-\u{FF60}\u{FFE0}-\u{FFE6}\u{16FE0}-\u{1B2FF}\u{1D300}-\u{1D376}\u{1F000}-\u{1FAFF}\u{20000}-\u{3FFFD}]$/u

function widthOf(character: string): number {
  if (NO_WIDTH.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}

/** The text in at most `columns`; what was cut off is an ellipsis. */
export function fit(text: string, columns: number): string {
  return displayWidth(text) <= columns
    ? text
    : `${head(text, columns - 1)}${columns > 0 ? '…' : ''}`
}

/** As `fit`, but the end is kept: of a path it says the most. */
export function fitEnd(text: string, columns: number): string {
  if (displayWidth(text) <= columns || columns < 1) return fit(text, columns)
  const characters = Array.from(text)
  let left = columns - 1
  const from = characters.findLastIndex((character) => (left -= widthOf(character)) < 0)
  // A mark without its letter would stand on the ellipsis.
  const kept = characters
    .slice(from + 1)
    .join('')
    .replace(MARKS, '')
  return `…${kept}`
}

/** As `fit`, but a third of it is the start and the rest the end: both tell endpoints apart. */
export function fitMiddle(text: string, columns: number): string {
  if (displayWidth(text) <= columns || columns < 3) return fit(text, columns)
  const start = head(text, Math.floor((columns - 1) / 3))
  return start + fitEnd(text, columns - displayWidth(start))
}

/** Filled up with spaces to `columns`. */
export const padEnd = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - displayWidth(text)))

export const padStart = (text: string, columns: number): string =>
  ' '.repeat(Math.max(0, columns - displayWidth(text))) + text

function head(text: string, columns: number): string {
  let kept = ''
  let left = columns
  for (const character of text) {
    left -= widthOf(character)
    if (left < 0) break
    kept += character
  }
  return kept.trimEnd()
}
