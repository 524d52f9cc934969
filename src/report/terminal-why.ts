import type { TestEntry } from '../run-file/run-file.ts'
import { wrapped } from './wrapped.ts'
import { whyOf } from './page/why.ts'
import { dim, type Line } from './styled-line.ts'

const LABEL = '   why       '
/** Sentences, and lines of each: the report has them all. */
const MOST = 3
const MOST_LINES = 2

/** Why a test failed, as far as the figures say it; nothing for what its limits say themselves. */
export function whyLines(test: TestEntry, columns: number): Line[] {
  const sentences = [...new Set(whyOf(test).flatMap(({ evidence }) => evidence))].slice(0, MOST)
  const lines = sentences.flatMap((sentence) => cut(wrapped(sentence, columns - LABEL.length, 2)))
  return lines.map((line, at): Line => [dim(at === 0 ? LABEL : ' '.repeat(LABEL.length)), line])
}

const cut = (lines: readonly string[]): readonly string[] =>
  lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES - 1), `${lines[MOST_LINES - 1] ?? ''}…`]
