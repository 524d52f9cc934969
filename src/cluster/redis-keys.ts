/** The keys of one run. The braces keep them in one slot, also in a cluster of Redis. */
export interface RedisKeys {
  /** Hash: fingerprint, who began it, of how many. */
  readonly run: string
  /** Hash: generator → the nonce of the process that is it. */
  readonly claims: string
  /** Hash: generator → who it is, for people. */
  readonly who: string
  /** Sorted set: generator, by the time of the server at which its lease ends. */
  readonly alive: string
  /** Hash: generator → why it is lost. */
  readonly lost: string
  /** Set: generators that left in good order. */
  readonly left: string
  /** Hash: what was made once. */
  made(id: string): string
  /** Set: generators that came. */
  event(name: string): string
  /** Stream: entries of all generators. */
  stream(name: string): string
  /** Hash: generator → how many of its entries are in the stream. */
  counts(stream: string): string
}

/** `vitest-perf:{<run id>}:…` */
export function redisKeys(run: string): RedisKeys {
  const key = (name: string): string => `vitest-perf:{${run}}:${name}`
  return {
    run: key('run'),
    claims: key('claims'),
    who: key('who'),
    alive: key('alive'),
    lost: key('lost'),
    left: key('left'),
    made: (id) => key(`made:${id}`),
    event: (name) => key(`event:${name}`),
    stream: (name) => key(`stream:${name}`),
    counts: (stream) => key(`counts:${stream}`),
  }
}
