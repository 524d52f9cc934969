/** The keys of one meeting in a run. The braces keep them in one slot, also in a cluster of Redis. */
export interface RedisKeys {
  /** Hash of the run: what must be the same everywhere, who began it, of how many. */
  readonly run: string
  /** Hash of the run: generator → the nonce of the process that is it. */
  readonly claims: string
  /** Hash of the run: generator → who it is, for people. */
  readonly who: string
  /** Hash of the run: generator → the meeting that it came to last. */
  readonly at: string
  /** Hash of the run: generator → why it is lost. */
  readonly lost: string
  /** Hash: generator → what it did not come to. */
  readonly missed: string
  /** Sorted set: generator, by the time of the server at which its lease ends. */
  readonly alive: string
  /** Set: generators that left in good order. */
  readonly left: string
  /** Set: the keys of its streams. */
  readonly sent: string
  /** Hash: what was made once. */
  made(id: string): string
  /** Set: generators that came. */
  event(name: string): string
  /** Stream: entries of all generators. */
  stream(name: string): string
  /** Hash: generator → how many of its entries are in the stream. */
  counts(stream: string): string
}

/** `vitest-perf:{<run>}:…` and, of the meeting, `vitest-perf:{<run>}:<meeting>:…` */
export function redisKeys(run: string, meeting: string): RedisKeys {
  const all = `vitest-perf:{${run}}`
  const key = (name: string): string => `${all}:${meeting}:${name}`
  return {
    run: `${all}:run`,
    claims: `${all}:claims`,
    who: `${all}:who`,
    at: `${all}:at`,
    lost: `${all}:lost`,
    missed: key('missed'),
    alive: key('alive'),
    left: key('left'),
    sent: key('sent'),
    made: (id) => key(`made:${id}`),
    event: (name) => key(`event:${name}`),
    stream: (name) => key(`stream:${name}`),
    counts: (stream) => key(`counts:${stream}`),
  }
}
