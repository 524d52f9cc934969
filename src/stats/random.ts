/** Evenly distributed numbers from 0 to 1, the same for the same seed. */
export interface Random {
  (): number
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number
  /** One of a list. */
  pick<T>(among: readonly T[]): T
}

/** mulberry32 (T. Ettinger): 32 bits of state, passes gjrand's tests; enough for picks and pauses. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return Object.assign(next, {
    int: (least: number, most: number): number => least + Math.floor(next() * (most - least + 1)),
    pick: <T>(among: readonly T[]): T => among[Math.floor(next() * among.length)] as T,
  })
}

/** The seed of one virtual user: far from its neighbours', the same in every run of one seed. */
export function seedOf(seed: number, user: number): number {
  return Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(user + 1, 0xc2b2ae35)
}
