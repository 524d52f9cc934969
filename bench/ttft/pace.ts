/** From the request to the first token. */
export const FIRST = 50
/** From one token to the next. */
export const GAP = 100
export const TOKENS = 20

/** How many users read one stream after the other, and for how long once all of them are there. */
export interface Pace {
  readonly users: number
  readonly rampUp: number
  readonly duration: number
}

/** Users come at 400 a second, as fast as connections can be opened without a queue. */
export const paceOf = (users: number): Pace => ({
  users,
  rampUp: (users / 400) * 1_000,
  duration: 8_000,
})

/** Until the code of either side is compiled. */
export const WARM_UP: Pace = { users: 200, rampUp: 1_000, duration: 3_000 }
