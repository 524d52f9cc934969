import { styleText } from 'node:util'
import { displayWidth, fit } from './display-width.ts'

type Style = Parameters<typeof styleText>[0]

/** A piece of a line that is written in one style. */
export interface Span {
  readonly text: string
  readonly style?: Style
}

/** A line before it is cut and coloured: spans, or plain words. */
export type Line = readonly (Span | string)[]

export interface Terminal {
  readonly columns: number
  readonly colors: boolean
}

export const bold = (text: string): Span => ({ text, style: 'bold' })
export const dim = (text: string): Span => ({ text, style: 'dim' })
export const red = (text: string): Span => ({ text, style: 'red' })
export const green = (text: string): Span => ({ text, style: 'green' })
export const yellow = (text: string): Span => ({ text, style: 'yellow' })

/** The line in at most `columns`: cut first, coloured then, so that no escape is ever cut. */
export const renderLine = (line: Line, { columns, colors }: Terminal): string =>
  cutSpans(line.map(toSpan), columns)
    .map(({ text, style }) =>
      colors && style !== undefined ? styleText(style, text, PAINT) : text,
    )
    .join('')
    .trimEnd()

function cutSpans(spans: readonly Span[], columns: number): readonly Span[] {
  if (widthOf(spans) <= columns) return spans
  let left = columns
  for (const [index, span] of spans.entries()) {
    const width = displayWidth(span.text)
    // On the last column an ellipsis says that there is more.
    if (width >= left)
      return [...spans.slice(0, index), { ...span, text: fit(`${span.text}…`, left) }]
    left -= width
  }
  return spans
}

const toSpan = (part: Span | string): Span => (typeof part === 'string' ? { text: part } : part)

export const widthOf = (line: Line): number =>
  line.reduce((sum, part) => sum + displayWidth(toSpan(part).text), 0)

/** Whether there are colours is the caller's to know; the stream that this process has is not asked. */
const PAINT = { validateStream: false } as const
