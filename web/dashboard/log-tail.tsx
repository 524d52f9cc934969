import { useEffect, useRef } from 'preact/hooks'
import { Panel } from '../parts/panel.tsx'

/** The last lines of the services; it stays at the end unless the reader has scrolled up. */
export function LogTail({
  lines,
}: {
  readonly lines: readonly string[]
}): preact.JSX.Element | null {
  const place = useRef<HTMLPreElement>(null)
  const atEnd = useRef(true)
  useEffect(() => {
    const element = place.current
    if (element !== null && atEnd.current) element.scrollTop = element.scrollHeight
  }, [lines])
  if (lines.length === 0) return null
  const scrolled = ({ currentTarget }: { readonly currentTarget: HTMLPreElement }): void => {
    const { scrollTop, clientHeight, scrollHeight } = currentTarget
    atEnd.current = scrollHeight - scrollTop - clientHeight < 20
  }
  return (
    <Panel title="Log of the service" note="the last lines" wide>
      <pre
        ref={place}
        class="log"
        tabIndex={0}
        role="region"
        aria-label="Log of the service"
        onScroll={scrolled}
      >
        {lines.join('\n')}
      </pre>
    </Panel>
  )
}
