/**
 * A path with its template: what is called, and the name it is recorded under. Made by the tag
 * `` route`/strategies/${id}/start` ``, so that ids never multiply series.
 */
export interface Route {
  readonly path: string
  readonly template: string
}

/** Builds a path from its parts, each encoded, and remembers it as `/strategies/{}/start`. */
export function route(
  strings: TemplateStringsArray,
  ...values: readonly (string | number)[]
): Route {
  let path = strings[0] ?? ''
  for (const [at, value] of values.entries()) {
    path += encodeURIComponent(value) + (strings[at + 1] ?? '')
  }
  return { path, template: withoutQuery(strings.join('{}')) }
}

const withoutQuery = (path: string): string => {
  const query = path.search(/[?#]/)
  return query === -1 ? path : path.slice(0, query)
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const HEX = /^(?=.*\d)[0-9a-f]{8,}$/i
/** ULID, nanoid, `sess_9f8a7b6c`, base64url: long, with digits among letters. */
const TOKEN = /^(?=.*\d)(?=.*[a-z])[\w-]{16,}$/i
const PREFIXED = /^[a-z]{2,8}[_-](?=.*\d)[0-9a-z]{6,}$/i

const isId = (segment: string): boolean =>
  /^\d+$/.test(segment) ||
  UUID.test(segment) ||
  HEX.test(segment) ||
  PREFIXED.test(segment) ||
  TOKEN.test(segment)

/**
 * The template of a path: the query gone, and every segment that looks like an id (number, UUID,
 * hex, long token) written `{}`. `/users/42/orders?page=2` is `/users/{}/orders`.
 */
export function templateOf(path: string): string {
  const plain = withoutQuery(path)
  if (!/\d/.test(plain)) return plain
  return plain
    .split('/')
    .map((segment) => (isId(segment) ? '{}' : segment))
    .join('/')
}
