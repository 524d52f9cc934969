import { logNormal, seededRandom } from './random.ts'

/** How fast replies come and how long they are; times in ms. */
export interface Pace {
  readonly seed: number
  /** From the question to the first token. */
  readonly firstToken: number
  /** From one token to the next. */
  readonly tokenGap: number
  readonly tokens: number
  /** Spread of the delays: 0 is none, 1 is a long tail. Their mean stays as it is. */
  readonly jitter: number
}

/** A reply before it is spoken: its tokens, and when each is due, in ms from the question. */
export interface Plan {
  readonly tokens: readonly string[]
  readonly due: readonly number[]
}

const WORDS = `a bamboo shoot grows quietly in the morning rain and every green leaf turns towards
  light while panda cubs wander between tall stems under soft mist near an old stone bridge where
  river water sings to patient cranes before evening wind carries seeds over hills`.split(/\s+/)

/** The same text for the same seed and `textKey`, the same delays for the same `delayKey`. */
export function planReply(pace: Pace, textKey: string, delayKey = textKey): Plan {
  const words = seededRandom(`${pace.seed}/text/${textKey}`)
  const tokens = Array.from({ length: pace.tokens }, (_, index) => {
    const word = WORDS[Math.floor(words() * WORDS.length)] ?? 'bamboo'
    return index === 0 ? word : ` ${word}`
  })
  return { tokens, due: dueTimes(pace, delayKey) }
}

function dueTimes({ seed, tokens, firstToken, tokenGap, jitter }: Pace, key: string): number[] {
  const random = seededRandom(`${seed}/delay/${key}`)
  let at = 0
  return Array.from({ length: tokens }, (_, index) => {
    at += (index === 0 ? firstToken : tokenGap) * logNormal(random, jitter)
    return at
  })
}
