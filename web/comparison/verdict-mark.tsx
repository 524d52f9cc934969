import type { ChangeVerdict } from '../../src/report/compare/comparison.ts'

const MARKS = {
  worse: ['▲', 'worse', 'failed'],
  better: ['▼', 'better', 'passed'],
  'within noise': ['=', 'within noise', 'skipped'],
  'not comparable': ['?', 'not comparable', 'unfinished'],
} as const

/** A verdict in a sign, and for who does not see it in words; never by colour alone. */
export function VerdictMark({ verdict }: { readonly verdict: ChangeVerdict }): preact.JSX.Element {
  const [sign, word, tone] = MARKS[verdict]
  return (
    <span class={`mark ${tone}`}>
      <span aria-hidden>{sign}</span>
      <span class="unseen">{word}</span>
    </span>
  )
}
