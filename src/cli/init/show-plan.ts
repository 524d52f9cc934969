import { bold, dim, green, renderLine, yellow, type Line } from '../../report/styled-line.ts'
import type { Terminal } from '../../report/styled-line.ts'
import { wrap } from '../wrap.ts'
import type { Step } from './plan.ts'

const MARKS = {
  create: green('+'),
  change: yellow('~'),
  keep: dim('='),
  'by hand': yellow('!'),
} as const

/** The steps, a line each, with the lines that come and go in files which are changed. */
export function showPlan(
  steps: readonly Step[],
  install: string | undefined,
  terminal: Terminal,
): string {
  const width = Math.max(...steps.map(({ path }) => path.length))
  const lines: Line[] = [
    ...(install === undefined ? [] : [['  ', yellow('$'), ` ${install}`]]),
    ...steps.flatMap((step) => stepLines(step, width, terminal.columns)),
  ]
  return lines.map((line) => renderLine(line, terminal)).join('\n')
}

function stepLines(step: Step, width: number, columns: number): Line[] {
  const mark: Line = ['  ', MARKS[step.kind], ' ']
  const room = columns - width - 7
  const about =
    step.about.length <= room
      ? [[...mark, bold(step.path.padEnd(width)), '   ', dim(step.about)]]
      : [
          [...mark, bold(step.path)],
          ...wrap(step.about, columns - INDENT.length).map((text): Line => [INDENT, dim(text)]),
        ]
  return [...about, ...changedLines(step).map(([sign, text]): Line => [INDENT, sign, ` ${text}`])]
}

const INDENT = '      '

/** Lines that come, and lines that go; a change of an edit is small. */
function changedLines({ before, text }: Step): (readonly [Line[number], string])[] {
  if (before === undefined || text === undefined) return []
  const [old, now] = [before.split(/\r?\n/), text.split(/\r?\n/)]
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => [yellow('-'), line] as const),
    ...now.filter((line) => !old.includes(line)).map((line) => [green('+'), line] as const),
  ]
}
