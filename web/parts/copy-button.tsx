import { useState } from 'preact/hooks'

interface CopyButtonProps {
  readonly label: string
  readonly text: string
}

/** Puts a text into the clipboard, and says so. */
export function CopyButton({ label, text }: CopyButtonProps): preact.JSX.Element {
  const [copied, set] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    set(true)
    setTimeout(() => set(false), 1_500)
  }
  return (
    <button type="button" class="button" title={text} onClick={() => void copy().catch(() => {})}>
      <span aria-live="polite">{copied ? 'Copied' : label}</span>
    </button>
  )
}
