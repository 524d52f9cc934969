import type { ComponentChildren } from 'preact'

interface PanelProps {
  readonly title: string
  /** Beside the title, quieter. */
  readonly note?: string | undefined
  readonly wide?: boolean
  readonly children: ComponentChildren
}

/** A titled box: a chart, a table. */
export function Panel({ title, note, wide = false, children }: PanelProps): preact.JSX.Element {
  return (
    <section class={wide ? 'panel wide' : 'panel'}>
      <header>
        <h3>{title}</h3>
        {note === undefined || note === '' ? null : <span class="note">{note}</span>}
      </header>
      {children}
    </section>
  )
}
