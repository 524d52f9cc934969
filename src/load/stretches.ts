import type { Ms } from '../units/units.ts'

/** A part of a line: what is asked of a load, users or a rate, goes evenly from one value to another. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly duration: Ms
}

/** What a line asks for at a time; behind its end what it ended with. */
export function valueAt(line: readonly Stretch[], at: Ms): number {
  let start: Ms = 0
  for (const { from, to, duration } of line) {
    if (at < start + duration) return between(from, to, (at - start) / duration)
    start += duration
  }
  return line.at(-1)?.to ?? 0
}

/** A line until a time. */
export function before(line: readonly Stretch[], at: Ms): readonly Stretch[] {
  const parts: Stretch[] = []
  let start: Ms = 0
  for (const stretch of line) {
    const { from, duration } = stretch
    if (start + duration > at) {
      const left = at - start
      return left > 0 ? [...parts, { from, to: valueAt(line, at), duration: left }] : parts
    }
    parts.push(stretch)
    start += duration
  }
  return parts
}

/** The rest of a line from a time on. */
export function after(line: readonly Stretch[], at: Ms): readonly Stretch[] {
  const parts: Stretch[] = []
  let start: Ms = 0
  for (const stretch of line) {
    const end = start + stretch.duration
    if (start >= at) parts.push(stretch)
    else if (end > at) {
      const { from, to, duration } = stretch
      parts.push({ from: between(from, to, (at - start) / duration), to, duration: end - at })
    }
    start = end
  }
  return parts
}

/** Both, with a step between them where the values differ. */
function joined(line: readonly Stretch[], more: readonly Stretch[]): readonly Stretch[] {
  const [last, next] = [line.at(-1)?.to, more[0]?.from]
  if (last === undefined || next === undefined || last === next) return [...line, ...more]
  return [...line, { from: last, to: next, duration: 0 }, ...more]
}

/** A line without what lies between two times. */
export const leftOut = (line: readonly Stretch[], from: Ms, to: Ms): readonly Stretch[] =>
  joined(before(line, from), after(line, to))

interface Held {
  readonly value: number
  /** How long it takes to get there. */
  readonly over: Ms
  /** Until when it is held. */
  readonly until: Ms
  /** How long it takes to go to 0 afterwards; 0 when it does not. */
  readonly down: Ms
}

/** A line that goes to a value from a time on, and stays there: what was to come no longer applies. */
export function heldFrom(
  line: readonly Stretch[],
  at: Ms,
  { value, over, until, down }: Held,
): readonly Stretch[] {
  const way = { from: valueAt(line, at), to: value, duration: over }
  const left = until - at
  const stay =
    over < left
      ? [way, { from: value, to: value, duration: left - over }]
      : before([way], Math.max(0, left))
  const last = stay.at(-1)?.to ?? way.from
  const end = down > 0 ? [{ from: last, to: 0, duration: down }] : []
  return joined(before(line, at), [...stay, ...end])
}

/** Whether a line has one value, and that one, for so long. */
export function isLevel(line: readonly Stretch[], value: number, time: Ms): boolean {
  let start: Ms = 0
  for (const { from, to, duration } of line) {
    if (start >= time) return true
    if (from !== value || to !== value) return false
    start += duration
  }
  return true
}

/** In a stretch without end it is the value that is held. */
const between = (from: number, to: number, share: number): number =>
  from === to ? from : from + (to - from) * share
