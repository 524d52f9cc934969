import type { Verdict } from '../limits/verdict.ts'
import { cleanText } from './clean-text.ts'
import { counted, limitOf, measuredOf, notesOf } from './figures.ts'
import { byUrgency, marginOf } from './margin.ts'
import { dim, green, red, widthOf, yellow, type Line } from './styled-line.ts'
import { isOpen, manyNote, notProvenNote } from './not-proven.ts'
import { tableLines, type Cell, type Column } from './table.ts'

/** Failed limits that are listed. */
const MOST_FAILED = 10
/** Passed limits that are listed: the tightest. */
const MOST_PASSED = 3

const COLUMNS: readonly Column[] = [
  { align: 'left' },
  { align: 'right' },
  { align: 'left' },
  { align: 'right', expendable: 1 },
]

/** The limits of a test: what failed first, then the tightest of what passed. */
export function verdictLines(verdicts: readonly Verdict[], columns: number): Line[] {
  const { failed, passed } = byUrgency(verdicts)
  const rows = [
    ...failed.slice(0, MOST_FAILED).map(failedRow),
    ...passed.slice(0, MOST_PASSED).map(passedRow),
  ]
  const lines = tableLines(COLUMNS, rows, { columns: columns - MARK, indent: '' })
  const shown = [...failed.slice(0, MOST_FAILED), ...passed.slice(0, MOST_PASSED)]
  // That a baseline was not judged is told, however many limits were met.
  const unjudged = passed.slice(MOST_PASSED).filter(({ baseline }) => baseline !== undefined)
  const marked = lines.map((line, at): Line => {
    const mark = shown[at]?.status === 'fail' ? red('✗') : green('✓')
    return ['   ', mark, ' ', ...line]
  })
  return [
    ...marked,
    ...noteLines([...shown, ...unjudged], columns),
    ...openLine([...failed, ...passed]),
    ...restLine(failed.length - MOST_FAILED, passed.length - MOST_PASSED),
  ]
}

/** What makes shown figures doubtful, each once; on two lines where one has no room. */
function noteLines(shown: readonly Verdict[], columns: number): Line[] {
  return notesOf(shown).flatMap((note): Line[] => {
    const line: Line = ['   ', yellow(`! ${note}`)]
    const at = note.indexOf(': ') + 1
    if (at === 0 || widthOf(line) <= columns) return [line]
    return [
      ['   ', yellow(`! ${note.slice(0, at)}`)],
      ['     ', yellow(note.slice(at + 1))],
    ]
  })
}

/** One line for all that are not proven, which is no news in a short run, and one for many at once. */
function openLine(verdicts: readonly Verdict[]): Line[] {
  const notes = [notProvenNote(verdicts), manyNote(verdicts)]
  return notes.flatMap((note) => (note === undefined ? [] : [[dim(`   ~ ${note}`)]]))
}

const MARK = '   ✗ '.length

const failedRow = (verdict: Verdict): Cell[] => [
  subjectOf(verdict),
  red(measuredOf(verdict)),
  limitOf(verdict),
  red(withOpen(verdict, marginOf(verdict))),
]

const passedRow = (verdict: Verdict): Cell[] => [
  subjectOf(verdict),
  measuredOf(verdict),
  dim(limitOf(verdict)),
  passedMargin(verdict),
]

/** What was decided by its point estimate alone has a mark, which a line below explains. */
const withOpen = (verdict: Verdict, text: string): string =>
  isOpen(verdict) ? `${text} ~`.trimStart() : text

/** With the band that it lies in, where the limit has bands. */
function passedMargin(verdict: Verdict): Cell {
  const { band } = verdict
  const text = [band ?? '', marginOf(verdict)].filter((each) => each !== '').join(', ')
  const whole = withOpen(verdict, text)
  return band === 'warning' ? yellow(whole) : dim(whole)
}

const subjectOf = ({ subject }: Verdict): string => cleanText(subject)

function restLine(failed: number, passed: number): Line[] {
  const more = [
    ...(failed > 0 ? [`${counted(failed, 'more limit')} missed`] : []),
    ...(passed > 0 ? [`${counted(passed, 'more limit')} met`] : []),
  ]
  return more.length === 0 ? [] : [[dim(`     ${more.join(' · ')}`)]]
}
