import { displayWidth } from './display-width.ts'

/** A text on lines of at most so many columns, parted between words; those after the first are indented. */
export function wrapped(text: string, columns: number, indent = 0): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (displayWidth(longer) <= columns || line.trim() === '') {
      line = longer
    } else {
      lines.push(line)
      line = `${' '.repeat(indent)}${word}`
    }
  }
  return [...lines, line]
}
