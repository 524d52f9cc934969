const MARKS = {
  passed: ['✓', 'passed'],
  failed: ['✗', 'failed'],
  unfinished: ['!', 'not finished'],
  skipped: ['–', 'skipped'],
} as const

/** How something ended, in a sign and for who does not see it in a word; never by colour alone. */
export function Mark({ status }: { readonly status: keyof typeof MARKS }): preact.JSX.Element {
  const [sign, word] = MARKS[status]
  return (
    <span class={`mark ${status}`}>
      <span aria-hidden>{sign}</span>
      <span class="unseen">{word}</span>
    </span>
  )
}
