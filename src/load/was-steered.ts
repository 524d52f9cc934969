import type { Mark } from './run-parts.ts'

interface Marked {
  readonly marks?: readonly Mark[] | undefined
}

/** How a load is told to end: that is in its ending, too. */
export const STOPPED = 'stopped by hand'
export const CUT_OFF = 'cut off by hand'

/** Whether somebody changed the load while it ran: it is not the one that the test asked for. */
export const wasSteered = ({ marks = [] }: Marked): boolean =>
  marks.some(({ kind }) => kind === 'steered')

/** What was changed, in order, but for its end: `users 10 → 50`. */
export const changesByHand = ({ marks = [] }: Marked): readonly string[] =>
  marks.flatMap(({ kind, text }) =>
    kind === 'steered' && text !== STOPPED && text !== CUT_OFF ? [text] : [],
  )
