import * as scripts from '../../src/cluster/redis-scripts.ts'
import type { RedisScript } from '../../src/cluster/redis-scripts.ts'
import type { Argument } from '../../src/cluster/redis-link.ts'

type Reply = string | number | undefined | readonly Reply[]
type Body = (store: Store, keys: readonly string[], args: readonly string[], now: number) => Reply

/** What a Redis holds. */
interface Store {
  hash(key: string): Map<string, string>
  set(key: string): Set<string>
  stream(key: string): string[][]
  scores(key: string): Map<string, number>
  drop(key: string): void
}

/** The scripts of a rendezvous, as Redis runs them: `tests/cluster/model-redis.test.ts` holds them against one. */
export class ModelRedis {
  readonly #keys = new Map<string, unknown>()
  readonly #store: Store = {
    hash: (key) => this.#at(key, () => new Map<string, string>()),
    set: (key) => this.#at(key, () => new Set<string>()),
    stream: (key) => this.#at(key, (): string[][] => []),
    scores: (key) => this.#at(key, () => new Map<string, number>()),
    drop: (key) => void this.#keys.delete(key),
  }

  run(script: RedisScript, keys: readonly string[], args: readonly Argument[], now: number): Reply {
    const texts = args.map(String)
    const body = BODIES.get(script)
    if (body === undefined) throw new Error(`a script that the model does not know: ${script.text}`)
    const [claims = ''] = keys
    const [generator = '', nonce] = texts
    if (script !== scripts.JOIN && this.#store.hash(claims).get(generator) !== nonce) {
      throw new Error(`the claim of generator ${generator} is gone`)
    }
    return body(this.#store, keys, texts, now)
  }

  #at<T>(key: string, make: () => T): T {
    const known = this.#keys.get(key) as T | undefined
    if (known !== undefined) return known
    const made = make()
    this.#keys.set(key, made)
    return made
  }
}

const flat = (...hashes: readonly ReadonlyMap<string, string>[]): string[] =>
  hashes.flatMap((hash) => [...hash].flat())

const join: Body = (store, keys, args, now) => {
  const [claims = '', run = '', who = '', at = '', lost = '', missed = '', alive = '', left = ''] =
    keys
  const [generator = '', nonce = '', , me = '', facts = '', generators = '', lease, meeting = ''] =
    args
  const holder = store.hash(claims).get(generator)
  if (holder !== undefined && holder !== nonce) return ['taken', store.hash(who).get(generator)]
  const known = store.hash(run)
  const first = known.get('facts')
  if (first !== undefined && first !== facts) {
    const all = Number(known.get('generators'))
    if (store.hash(claims).size < all) setOnce(store.hash(lost), generator, `other:${facts}`)
    return ['other', first, known.get('by')]
  }
  const [over, why] = flat(store.hash(lost), store.hash(missed))
  if (over !== undefined) return ['over', over, why]
  if (first === undefined) known.set('facts', facts).set('by', me).set('generators', generators)
  store.hash(claims).set(generator, nonce)
  store.hash(who).set(generator, me)
  store.hash(at).set(generator, meeting)
  store.set(left).delete(generator)
  store.scores(alive).set(generator, now + Number(lease))
  return ['joined']
}

const beat: Body = (store, keys, args, now) => {
  const [, , , , lost = '', missed = '', alive = '', left = ''] = keys
  const [generator = '', , , lease, judge] = args
  const scores = store.scores(alive)
  if (!store.set(left).has(generator)) scores.set(generator, now + Number(lease))
  if (judge === '1') {
    for (const [each, until] of scores) {
      if (until < now) setOnce(store.hash(lost), each, `silent:${lease}`)
    }
  }
  return flat(store.hash(lost), store.hash(missed))
}

const arrive: Body = (
  store,
  [, event = '', left = '', lost = '', missed = ''],
  [generator = ''],
) => {
  const came = store.set(event).add(generator)
  const gone = [...store.set(left)].filter((each) => !came.has(each))
  return [came.size, gone, flat(store.hash(lost), store.hash(missed))]
}

const take: Body = (store, [, made = '', left = '', lost = ''], [generator = '']) => {
  const hash = store.hash(made)
  if (!hash.has('by')) hash.set('by', generator).set('state', 'making')
  const by = hash.get('by') ?? ''
  const gone = Number(store.set(left).has(by)) + Number(store.hash(lost).has(by))
  return [hash.get('state'), by, hash.get('value') ?? '', gone]
}

const give: Body = (store, [, made = ''], [, , , state = '', value = '']) => {
  const hash = store.hash(made)
  if (hash.get('state') === 'making') hash.set('state', state).set('value', value)
  return [hash.get('state'), hash.get('by'), hash.get('value')]
}

const append: Body = (
  store,
  [, key = '', counts = '', sent = ''],
  [generator = '', , , sequence, data = '', most],
) => {
  const due = Number(store.hash(counts).get(generator) ?? 0)
  if (Number(sequence) < due) return 'kept'
  if (Number(sequence) > due) return String(due)
  const stream = store.stream(key)
  if (stream.length >= Number(most)) return 'full'
  stream.push(['g', generator, 's', String(sequence), 'd', data])
  store.hash(counts).set(generator, String(due + 1))
  store.set(sent).add(key).add(counts)
  return 'kept'
}

/** Entries are numbered from 1 here; `-` is the beginning, `(5-0` what comes behind the fifth. */
const read: Body = (store, [, key = ''], [, , , behind = '-', count]) => {
  const from = behind === '-' ? 0 : Number.parseInt(behind.slice(1), 10)
  const found = store.stream(key).slice(from, from + Number(count))
  return found.map((entry, nth) => [`${from + nth + 1}-0`, entry])
}

const leave: Body = (store, [claims = '', alive = '', left = '', sent = ''], [generator = '']) => {
  store.scores(alive).delete(generator)
  const gone = store.set(left).add(generator)
  if (gone.size < store.hash(claims).size) return 1
  for (const key of store.set(sent)) store.drop(key)
  store.drop(sent)
  return 1
}

const miss: Body = (store, [, missed = ''], [, , , why = '', ...generators]) => {
  for (const each of generators) setOnce(store.hash(missed), each, why)
  return 1
}

const BODIES = new Map<RedisScript, Body>([
  [scripts.JOIN, join],
  [scripts.BEAT, beat],
  [scripts.ARRIVE, arrive],
  [scripts.TAKE, take],
  [scripts.GIVE, give],
  [scripts.APPEND, append],
  [scripts.READ, read],
  [scripts.LEAVE, leave],
  [scripts.MISS, miss],
  [scripts.CAME, (store, [, event = '']) => [...store.set(event)]],
  [
    scripts.OF,
    (store, [, key = ''], args) => args.slice(3).map((each) => store.hash(key).get(each)),
  ],
])

function setOnce(hash: Map<string, string>, key: string, value: string): void {
  if (!hash.has(key)) hash.set(key, value)
}
