interface SentencesProps {
  readonly title: string
  readonly texts: readonly string[]
}

/** What the file has the evidence for, in words. */
export function Sentences({ title, texts }: SentencesProps): preact.JSX.Element | null {
  if (texts.length === 0) return null
  return (
    <section class="panel sentences">
      <header>
        <h3>{title}</h3>
      </header>
      <ul>
        {texts.map((text, at) => (
          <li key={at} dir="auto">
            {text}
          </li>
        ))}
      </ul>
    </section>
  )
}
