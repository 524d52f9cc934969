import { useState } from 'preact/hooks'
import type { SteerCommand } from '../../src/load/steering.ts'

interface StopProps {
  /** It is stopping already: what is under way may be cut off. */
  readonly stopping: boolean
  readonly off: boolean
  readonly steer: (command: SteerCommand) => void
}

/** A load of hours is not ended by one slip of a finger. */
export function StopButton({ stopping, off, steer }: StopProps): preact.JSX.Element {
  const [asked, setAsked] = useState<'stop' | 'force'>()
  const wanted = stopping ? 'force' : 'stop'
  const { label, question, yes } = WORDS[wanted]
  if (asked !== wanted) {
    return (
      <button type="button" class="button stop" disabled={off} onClick={() => setAsked(wanted)}>
        {label}
      </button>
    )
  }
  const stop = (): void => {
    setAsked(undefined)
    steer({ kind: 'stop', force: stopping })
  }
  return (
    <span class="asks" role="group" aria-label={question}>
      <span>{question}</span>
      <button type="button" class="button stop" disabled={off} onClick={stop}>
        {yes}
      </button>
      <button type="button" class="button" onClick={() => setAsked(undefined)}>
        Go on
      </button>
    </span>
  )
}

const WORDS = {
  stop: {
    label: 'Stop load',
    question: 'Stop it now? Results are kept.',
    yes: 'Stop',
  },
  force: {
    label: 'End at once',
    question: 'Cut off what is under way?',
    yes: 'Cut off',
  },
} as const
