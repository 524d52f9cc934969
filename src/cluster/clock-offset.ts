import type { Clock } from '../clock/clock.ts'
import type { ClockOffset } from '../load/run-part.ts'
import type { Ms } from '../units/units.ts'

/** One question for the time: when it was sent and answered here, and what the other clock said. */
export interface Probe {
  readonly sent: Ms
  readonly received: Ms
  readonly said: Ms
}

/**
 * Of several probes the quickest says most: the other clock was read somewhere on its way there and
 * back, so that half of it is how wrong the middle can be (Cristian, 1989).
 */
export function offsetOf(probes: readonly Probe[]): ClockOffset | undefined {
  const [quickest] = probes.toSorted((left, right) => wayOf(left) - wayOf(right))
  if (quickest === undefined) return undefined
  const { sent, said } = quickest
  const uncertainty = wayOf(quickest) / 2
  return { offset: said - (sent + uncertainty), uncertainty }
}

const wayOf = ({ sent, received }: Probe): Ms => received - sent

/** So many, one after the other: a pause of either side spoils a few of them, hardly all. */
const PROBES = 12

export async function measureOffset(clock: Clock, ask: () => Promise<Ms>): Promise<ClockOffset> {
  const probes: Probe[] = []
  for (let nth = 0; nth < PROBES; nth++) {
    const sent = clock.now()
    const said = await ask()
    probes.push({ sent, said, received: clock.now() })
  }
  return offsetOf(probes) ?? { offset: 0, uncertainty: Infinity }
}
