/** From the request to the first token. */
export const FIRST = 50
/** From one token to the next. */
export const GAP = 100
export const TOKENS = 20
/** What each user reads, one stream after the other. */
export const STREAMS = 3

/** When so many users begin: at 400 a second, as fast as connections can be opened without a queue. */
export const rampOf = (users: number): number => (users / 400) * 1_000
