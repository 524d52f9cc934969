import type { Change } from '../../src/report/page/report-page.ts'

const SIGNS = { worse: '▲', better: '▼', noise: '≈' } as const
const WORDS = { worse: 'slower than', better: 'faster than', noise: 'within the noise of' } as const

/** How a figure differs from the baseline's: a change within the noise is quiet. */
export function ChangeMark({
  change,
}: {
  readonly change: Change | undefined
}): preact.JSX.Element | null {
  if (change === undefined) return null
  const { text, tone } = change
  return (
    <span class={`change ${tone}`} title={`${WORDS[tone]} the baseline`}>
      <span aria-hidden>{SIGNS[tone]}</span> {text}
    </span>
  )
}
